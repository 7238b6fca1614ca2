package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/// Writes what a request said in this protocol's words only back to where it stood.
record ExtraFields(Map<String, String> fields) {

    /// Whether something stands in the object at `path`.
    boolean under(String path) {
        return fields.keySet().stream().anyMatch(name -> name.startsWith(path + '.'));
    }

    /// The fields of the object at `path`, empty for the request itself, but those in `taken`,
    /// which the neutral request says otherwise.
    void write(JsonGenerator json, String path, Set<String> taken) throws IOException {
        String prefix = path.isEmpty() ? "" : path + '.';
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (field.getKey().startsWith(prefix)) {
                String name = field.getKey().substring(prefix.length());
                if (name.indexOf('.') < 0 && !taken.contains(name)) {
                    json.writeFieldName(name);
                    Json.writeRaw(json, field.getValue());
                }
            }
        }
    }
}
