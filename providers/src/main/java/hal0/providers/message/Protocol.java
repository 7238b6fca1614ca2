package hal0.providers.message;

/// A wire protocol for conversations. `key` is its name in `compatibility`, `short name` that in
/// `upstreams.toml`.
public enum Protocol {
    OPENAI("openai-compatible", "openai"),
    ANTHROPIC("anthropic-compatible", "anthropic"),
    RESPONSES("openai-responses", "openai-responses"),
    GEMINI("gemini", "gemini");

    private final String key;
    private final String shortName;

    Protocol(String key, String shortName) {
        this.key = key;
        this.shortName = shortName;
    }

    public String key() {
        return key;
    }

    public String shortName() {
        return shortName;
    }
}
