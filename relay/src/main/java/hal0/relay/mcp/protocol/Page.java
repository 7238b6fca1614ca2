package hal0.relay.mcp.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a list; `next` asks for the one after it, null at the end.
record Page<T>(List<T> items, @Nullable String next) {

    /// The part of `all` that the cursor stands for, of `size` items at most.
    ///
    /// **Errors** [io.modelcontextprotocol.spec.McpError] for a cursor that is none of ours.
    static <T> Page<T> of(List<T> all, @Nullable String cursor, int size) {
        int from = cursor == null ? 0 : place(cursor);
        if (from > all.size()) {
            // The list has become shorter since.
            return new Page<>(List.of(), null);
        }
        int to = Math.min(from + size, all.size());
        return new Page<>(all.subList(from, to), to < all.size() ? cursor(to) : null);
    }

    private static String cursor(int place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(("from " + place).getBytes(UTF_8));
    }

    private static int place(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            if (text.matches("from \\d{1,9}")) {
                return Integer.parseInt(text.substring("from ".length()));
            }
        } catch (IllegalArgumentException _) {
            // Told below.
        }
        throw Wire.invalid("\"cursor\" is none that this server gave; ask without it");
    }
}
