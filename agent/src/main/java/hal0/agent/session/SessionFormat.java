package hal0.agent.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.error.ErrorKind;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/// The number of the file format, and the way from every older one to it.
///
/// **Shape** format 0 is what the first sketches wrote: a header without `format`, then lines
/// `{"role", "text", "at"}`; format 1 knows no tools, no plans and nothing that was undone. A new
/// format adds one step to `STEPS`; steps are never changed.
final class SessionFormat {
    /// Step N turns a line of format N into one of format N + 1.
    private static final List<UnaryOperator<ObjectNode>> STEPS =
            List.of(SessionFormat::from0, SessionFormat::from1);

    static final int CURRENT = STEPS.size();

    private SessionFormat() {}

    /// **Errors** [SessionException] when a newer hal0 wrote the file.
    static int of(ObjectNode header, Path file) {
        int format = header.path("format").asInt(0);
        if (format > CURRENT) {
            throw new SessionException(
                    ErrorKind.CONFIGURATION,
                    "session %s has format %d and this hal0 knows up to %d: update hal0 to open it"
                            .formatted(file, format, CURRENT),
                    null);
        }
        return format;
    }

    static ObjectNode migrated(ObjectNode line, int format) {
        ObjectNode now = line;
        for (int i = format; i < CURRENT; i++) {
            now = STEPS.get(i).apply(now);
        }
        return now;
    }

    private static ObjectNode from0(ObjectNode old) {
        if (!old.has("role")) {
            return old.put("format", 1);
        }
        boolean user = old.path("role").asText().equals("user");
        ObjectNode line = old.objectNode();
        line.put("type", user ? "user" : "assistant");
        line.set("at", old.path("at").isTextual() ? old.path("at") : line.textNode(EPOCH));
        if (!user) {
            // Who answered and what it cost was not kept.
            line.put("request_id", "").put("provider", "").put("model", "").put("stop", "end");
            line.putNull("cost_usd");
        }
        JsonNode text = old.path("text");
        line.putArray("parts").addObject().put("type", "text").put("text", text.asText());
        return line;
    }

    /// Every line of format 1 means the same in format 2.
    private static ObjectNode from1(ObjectNode old) {
        return old.has("format") ? old.put("format", 2) : old;
    }

    private static final String EPOCH = "1970-01-01T00:00:00Z";
}
