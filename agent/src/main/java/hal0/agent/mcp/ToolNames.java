package hal0.agent.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What the tools of a server are called towards models: `server__tool`.
///
/// **Shape** letters, digits, `_` and `-`, at most 64 of them, a letter first: what every provider
/// takes. A name that had to be changed to fit and then is no longer the only one, or was cut, ends
/// in eight digits made of the whole name; so it stays the same whatever other tools come and go.
final class ToolNames {
    private static final int LONGEST = 64;
    private static final int DIGITS = 8;

    private ToolNames() {}

    /// Each tool's name by the server's own name of it, in the order given.
    static Map<String, String> of(String server, List<String> tools) {
        Map<String, Integer> wanted = new HashMap<>();
        for (String tool : tools) {
            wanted.merge(plain(server, tool), 1, Integer::sum);
        }
        Map<String, String> names = new LinkedHashMap<>();
        for (String tool : tools) {
            String plain = plain(server, tool);
            boolean exact = plain.equals(server + "__" + tool);
            boolean alone = exact || wanted.getOrDefault(plain, 1) == 1;
            names.put(
                    tool, alone && plain.length() <= LONGEST ? plain : marked(plain, server, tool));
        }
        return names;
    }

    private static String plain(String server, String tool) {
        StringBuilder name = new StringBuilder(server).append("__");
        for (int i = 0; i < tool.length(); i++) {
            char c = tool.charAt(i);
            boolean fits =
                    (c >= 'a' && c <= 'z')
                            || (c >= 'A' && c <= 'Z')
                            || (c >= '0' && c <= '9')
                            || c == '_'
                            || c == '-';
            name.append(fits ? c : '_');
        }
        return name.toString();
    }

    private static String marked(String plain, String server, String tool) {
        String start = plain.substring(0, Math.min(plain.length(), LONGEST - DIGITS - 1));
        return start + "_" + digits(server + "\0" + tool);
    }

    private static String digits(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(hash, 0, DIGITS / 2);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
