package hal0.providers.probe;

import java.util.Locale;

/// Something that a model, as its provider serves it, can do or not.
public enum Capability {
    STREAMING,
    USAGE_IN_STREAM,
    TOOLS,
    PARALLEL_TOOLS,
    JSON_SCHEMA,
    IMAGES,
    THINKING,
    PROMPT_CACHING,
    SYSTEM_PROMPT;

    /// As programs read it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As people read it.
    public String text() {
        return word().replace('_', ' ');
    }
}
