package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.message.Extra;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Puts back where they were the fields that only one protocol knows.
///
/// **Shape** each field is written once: where its object is written, or else at the end.
/// **Threads** one.
public final class ExtraFields {
    private final Map<String, String> left;

    public ExtraFields(Extra extra, Protocol protocol) {
        left = new LinkedHashMap<>(extra.in(protocol));
    }

    public boolean has(String place) {
        return left.containsKey(place);
    }

    /// The JSON of the field at a place, which is then no longer left; null when there is none.
    public @Nullable String take(String place) {
        return left.remove(place);
    }

    /// Whether anything is left for the object at that place.
    public boolean hasIn(String object) {
        return left.keySet().stream().anyMatch(place -> place.startsWith(object + "."));
    }

    /// Writes what is left for the object at that place, which is open.
    public void writeIn(JsonGenerator json, String object) throws IOException {
        write(json, within(left, object));
        dropIn(object);
    }

    /// Forgets what is left for an object that the request does without.
    public void dropIn(String object) {
        left.keySet().removeIf(place -> place.startsWith(object + "."));
    }

    /// Writes all that is left into the request, which is open.
    public void writeRest(JsonGenerator json) throws IOException {
        write(json, left);
        left.clear();
    }

    private static Map<String, String> within(Map<String, String> fields, String object) {
        String prefix = object + ".";
        Map<String, String> within = new LinkedHashMap<>();
        fields.forEach((place, value) -> {
            if (place.startsWith(prefix)) {
                within.put(place.substring(prefix.length()), value);
            }
        });
        return within;
    }

    private static void write(JsonGenerator json, Map<String, String> fields) throws IOException {
        Set<String> objects = new HashSet<>();
        for (Map.Entry<String, String> field : fields.entrySet()) {
            String place = field.getKey();
            int dot = place.indexOf('.');
            if (dot < 0) {
                json.writeFieldName(place);
                Json.writeRaw(json, field.getValue());
            } else if (objects.add(place.substring(0, dot))) {
                String object = place.substring(0, dot);
                json.writeObjectFieldStart(object);
                write(json, within(fields, object));
                json.writeEndObject();
            }
        }
    }
}
