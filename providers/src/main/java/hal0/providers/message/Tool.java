package hal0.providers.message;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A function that the model may call; `schema` is its JSON Schema as text.
///
/// **Shape** `strict` asks for arguments that follow the schema exactly; `cache` marks the end of
/// what may be cached of the tools.
public record Tool(
        String name,
        @Nullable String description,
        String schema,
        @Nullable Boolean strict,
        @Nullable CacheMark cache) {

    public Tool {
        Objects.requireNonNull(name);
        Objects.requireNonNull(schema);
    }

    public Tool(String name, @Nullable String description, String schema) {
        this(name, description, schema, null, null);
    }
}
