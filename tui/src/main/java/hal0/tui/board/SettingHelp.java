package hal0.tui.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Properties;

/// What keys of the configuration mean, in a sentence each.
///
/// **Shape** `settings.properties`; of keys under a name of the user's, `providers.*.retries`
/// stands for all.
public final class SettingHelp {
    private static final Properties SENTENCES = read();

    private SettingHelp() {}

    private static Properties read() {
        Properties sentences = new Properties();
        try (InputStream in = SettingHelp.class.getResourceAsStream("settings.properties")) {
            if (in != null) {
                sentences.load(new InputStreamReader(in, UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("settings.properties cannot be read", e);
        }
        return sentences;
    }

    /// Empty where nothing is known.
    public static String of(String path) {
        String sentence = SENTENCES.getProperty(path);
        if (sentence == null) {
            String[] parts = path.split("\\.", 3);
            boolean mcp = path.startsWith("mcp.servers.");
            String last = path.substring(path.lastIndexOf('.') + 1);
            sentence =
                    SENTENCES.getProperty(
                            mcp ? "mcp.servers.*." + last : parts[0] + ".*." + last, "");
        }
        return sentence;
    }
}
