package hal0.providers.message;

import org.jspecify.annotations.Nullable;

/// How much a model should think before it answers, and whether that is shown.
///
/// **Shape** a budget is exact and comes before an effort where a protocol knows both; neither
/// leaves the amount to the model. `shown` null leaves it to the provider.
///
/// **Units** `budgetTokens` counts output tokens.
public record Reasoning(
        @Nullable Effort effort, @Nullable Integer budgetTokens, @Nullable Boolean shown) {

    /// From none to as much as there is; not every model knows every step.
    public enum Effort {
        NONE,
        MINIMAL,
        LOW,
        MEDIUM,
        HIGH,
        XHIGH,
        MAX
    }

    public static Reasoning of(Effort effort) {
        return new Reasoning(effort, null, null);
    }

    public static Reasoning budget(int tokens) {
        return new Reasoning(null, tokens, null);
    }

    /// Whether the model is told not to think.
    public boolean isOff() {
        return effort == Effort.NONE || (budgetTokens != null && budgetTokens == 0);
    }
}
