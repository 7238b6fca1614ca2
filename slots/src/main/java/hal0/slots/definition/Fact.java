package hal0.slots.definition;

/// What holds for one key of a slot.
///
/// **Shape** `text` is the value as TOML has it, empty where there is none; of a variable it is
/// hidden, for it may be a secret. `origin` is `slots/chat.toml:12`, `default`, `[slots]` for what
/// config.toml says of all, `profile NAME`, or what chooses it.
public record Fact(String key, String text, String origin) {}
