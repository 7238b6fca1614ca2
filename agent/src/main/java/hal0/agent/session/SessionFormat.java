package hal0.agent.session;

import hal0.home.error.ErrorKind;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The number of the file format, and the way from every older one to it.
///
/// **Shape** format 0 is what the first sketches wrote: a header without `format`, then lines
/// `{"role", "text", "at"}`; format 1 knows no tools, no plans and nothing that was undone. A new
/// format adds one step to `STEPS`; steps are never changed.
final class SessionFormat {
    /// Step N turns a line of format N into one of format N + 1.
    private static final List<UnaryOperator<Fields>> STEPS =
            List.of(SessionFormat::from0, SessionFormat::from1);

    static final int CURRENT = STEPS.size();

    private SessionFormat() {}

    /// **Errors** [SessionException] when a newer hal0 wrote the file.
    static int of(Fields header, Path file) {
        int format = (int) header.count("format");
        if (format > CURRENT) {
            throw new SessionException(
                    ErrorKind.CONFIGURATION,
                    "session %s has format %d and this hal0 knows up to %d: update hal0 to open it"
                            .formatted(file, format, CURRENT),
                    null);
        }
        return format;
    }

    static Fields migrated(Fields line, int format) {
        Fields now = line;
        for (int i = format; i < CURRENT; i++) {
            now = STEPS.get(i).apply(now);
        }
        return now;
    }

    private static Fields from0(Fields old) {
        if (!old.has("role")) {
            return old.with("format", BigDecimal.ONE);
        }
        boolean user = old.text("role").equals("user");
        Map<String, @Nullable Object> line = new HashMap<>();
        line.put("type", user ? "user" : "assistant");
        line.put("at", old.has("at") ? old.text("at") : EPOCH);
        if (!user) {
            // Who answered and what it cost was not kept.
            line.putAll(Map.of("request_id", "", "provider", "", "model", "", "stop", "end"));
        }
        line.put("parts", List.of(Fields.of(Map.of("type", "text", "text", old.text("text")))));
        return Fields.of(line);
    }

    /// Every line of format 1 means the same in format 2.
    private static Fields from1(Fields old) {
        return old.has("format") ? old.with("format", BigDecimal.TWO) : old;
    }

    private static final String EPOCH = "1970-01-01T00:00:00Z";
}
