package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A failure as a client is told it, in whatever form its protocol has for it.
///
/// **Shape** `status` is that of HTTP; `code` one of hal0's, such as `dispatch.no_route`, or the
/// provider's own; `place` where in the request; `details` further facts for programs, of the types
/// of JSON, which the client's protocol has no form for.
public record WireError(
        int status,
        String code,
        String message,
        @Nullable String place,
        Map<String, Object> details) {

    public WireError {
        details = Map.copyOf(details);
    }

    public WireError(int status, String code, String message, @Nullable String place) {
        this(status, code, message, place, Map.of());
    }

    /// Writes the details as a member of that name, where there are any.
    public void writeDetails(JsonGenerator json, String name) throws IOException {
        if (!details.isEmpty()) {
            json.writeFieldName(name);
            Json.writeValue(json, new TreeMap<>(details));
        }
    }
}
