package hal0.tui.state;

import org.jspecify.annotations.Nullable;

/// Something to begin with: a provider that can be used, and why it is offered, such as `key in
/// OPENAI_API_KEY` or `answers on 127.0.0.1:11434`. A null model is the provider's default.
public record FirstChoice(String provider, @Nullable String model, String reason) {}
