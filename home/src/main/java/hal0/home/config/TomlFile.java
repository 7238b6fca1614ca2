package hal0.home.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.IoReason;
import hal0.home.config.Findings.Place;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;

/// From bytes to a TOML tree, with what is wrong in words.
final class TomlFile {
    static final String BYTE_ORDER_MARK = "\uFEFF";

    private TomlFile() {}

    /// Null when there is no such file and when it cannot be read, which is then a finding.
    static @Nullable String text(Path file, Findings findings) {
        try {
            return decoded(Files.readAllBytes(file), findings);
        } catch (NoSuchFileException _) {
            return null; // the user has none: all defaults
        } catch (IOException e) {
            findings.error(Place.NONE, "", "cannot be read: " + IoReason.of(e), "");
            return null;
        }
    }

    static @Nullable String decoded(byte[] bytes, Findings findings) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = UTF_8.newDecoder().decode(in, out, true);
        if (result.isError()) {
            int line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            findings.error(new Place(line, 0), "", "is not UTF-8 text", "save the file as UTF-8");
            return null;
        }
        return out.flip().toString();
    }

    /// Null when the text is not TOML; each syntax error is then a finding.
    static @Nullable TomlParseResult parsed(String text, Findings findings) {
        String plain = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        TomlParseResult result = Toml.parse(plain);
        for (TomlParseError error : result.errors()) {
            Place place = new Place(error.position().line(), error.position().column());
            SyntaxError wrong = SyntaxError.of(String.valueOf(error.getMessage()), plain, place);
            findings.error(place, wrong.key(), wrong.message(), wrong.fix());
        }
        return result.hasErrors() ? null : result;
    }
}
