package hal0.providers.message;

import org.jspecify.annotations.Nullable;

/// A function that the model may call; `schema` is its JSON Schema as text.
public record Tool(String name, @Nullable String description, String schema) {}
