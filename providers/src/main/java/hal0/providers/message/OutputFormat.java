package hal0.providers.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What form the answer's text must have.
public sealed interface OutputFormat {

    /// Some JSON object.
    record JsonObject() implements OutputFormat {}

    /// JSON that a schema describes; `schema` is the schema as text.
    record JsonSchema(
            String name, @Nullable String description, String schema, @Nullable Boolean strict)
            implements OutputFormat {
        public JsonSchema {
            Objects.requireNonNull(name);
            Objects.requireNonNull(schema);
        }
    }
}
