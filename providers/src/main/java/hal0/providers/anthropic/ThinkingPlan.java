package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.dialect.ExtraFields;
import hal0.providers.message.Options;
import hal0.providers.message.Reasoning;
import hal0.providers.message.ToolChoice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What a request says about thinking, and what follows from it for its other options.
///
/// **Shape** a model that is no Claude is told exactly what the caller asked for; a Claude what is
/// nearest to it among what its version takes. **Units** tokens. **Source** ThinkingConfigEnabled,
/// ThinkingConfigAdaptive and OutputConfig in resources/messages/messages.d.ts of anthropic-ai/sdk
/// 1.11.0 at npm (a budget is at least 1024 and below `max_tokens`);
/// platform.claude.com/docs/en/build-with-claude/extended-thinking (no forced tool, no
/// temperature); the refusal of calls without a thought is quoted in
/// github.com/Kilo-Org/kilocode/issues/5219 and github.com/anomalyco/opencode/issues/3077; read
/// 2026-11-21.
record ThinkingPlan(
        Kind kind, int budget, @Nullable String effort, @Nullable Boolean shown, long maxTokens) {
    private static final int LEAST_BUDGET = 1024;
    private static final String FIELD = "thinking";

    enum Kind {
        UNSAID,
        DISABLED,
        ENABLED,
        ADAPTIVE
    }

    /// `most` is what an answer may have when the caller does not say; `thoughtless` is whether the
    /// turn that goes on began without thinking, which cannot begin in its middle: the API refuses
    /// that wherever there is a budget.
    static ThinkingPlan of(
            @Nullable ClaudeModel claude, Options options, long most, boolean thoughtless) {
        Integer given = options.maxTokens();
        long maxTokens = given != null ? given : most;
        Reasoning reasoning = options.reasoning();
        if (reasoning == null) {
            return unsaid(maxTokens);
        }
        if (claude == null) {
            return literal(reasoning, maxTokens);
        }
        if (!claude.thinks() || forcesTool(options.toolChoice())) {
            return unsaid(maxTokens);
        }
        if (reasoning.isOff()) {
            return claude.onlyAdapts()
                    ? unsaid(maxTokens)
                    : new ThinkingPlan(Kind.DISABLED, 0, null, null, maxTokens);
        }
        boolean exact = reasoning.budgetTokens() != null && !claude.onlyAdapts();
        if (claude.adapts() && !exact) {
            String effort = claude.onlyAdapts() ? word(effort(reasoning)) : older(reasoning);
            return new ThinkingPlan(Kind.ADAPTIVE, 0, effort, reasoning.shown(), maxTokens);
        }
        return thoughtless
                ? unsaid(maxTokens)
                : enabled(budget(reasoning), reasoning.shown(), given, most);
    }

    private static ThinkingPlan unsaid(long maxTokens) {
        return new ThinkingPlan(Kind.UNSAID, 0, null, null, maxTokens);
    }

    private static ThinkingPlan literal(Reasoning reasoning, long maxTokens) {
        Integer budget = reasoning.budgetTokens();
        String effort = word(reasoning.effort());
        Kind kind = Kind.ADAPTIVE;
        if (reasoning.isOff()) {
            kind = Kind.DISABLED;
        } else if (budget != null) {
            kind = Kind.ENABLED;
        }
        return new ThinkingPlan(
                kind, budget == null ? 0 : budget, effort, reasoning.shown(), maxTokens);
    }

    private static boolean forcesTool(ToolChoice choice) {
        return choice instanceof ToolChoice.Required || choice instanceof ToolChoice.Named;
    }

    /// A budget that leaves room for the answer; thinking that has no room is not asked for.
    private static ThinkingPlan enabled(
            int wanted, @Nullable Boolean shown, @Nullable Integer given, long most) {
        int budget = Math.max(LEAST_BUDGET, wanted);
        if (given == null) {
            long maxTokens = most > budget ? most : budget + most;
            return new ThinkingPlan(Kind.ENABLED, budget, null, shown, maxTokens);
        }
        if (budget >= given) {
            budget = given / 2;
        }
        return budget < LEAST_BUDGET
                ? unsaid(given)
                : new ThinkingPlan(Kind.ENABLED, budget, null, shown, given);
    }

    private static int budget(Reasoning reasoning) {
        if (reasoning.budgetTokens() != null) {
            return reasoning.budgetTokens();
        }
        return switch (reasoning.effort()) {
            case null -> 8192;
            case NONE, MINIMAL -> LEAST_BUDGET;
            case LOW -> 4096;
            case MEDIUM -> 8192;
            case HIGH -> 16_384;
            case XHIGH, MAX -> 32_768;
        };
    }

    private static Reasoning.@Nullable Effort effort(Reasoning reasoning) {
        Integer budget = reasoning.budgetTokens();
        if (reasoning.effort() != null || budget == null) {
            return reasoning.effort();
        }
        if (budget <= 4096) {
            return Reasoning.Effort.LOW;
        }
        return budget <= 8192 ? Reasoning.Effort.MEDIUM : Reasoning.Effort.HIGH;
    }

    private static @Nullable String word(Reasoning.@Nullable Effort effort) {
        return switch (effort) {
            case null -> null;
            case NONE -> null;
            case MINIMAL, LOW -> "low";
            case MEDIUM -> "medium";
            case HIGH -> "high";
            case XHIGH -> "xhigh";
            case MAX -> "max";
        };
    }

    /// 4.6 does not know the step that 4.7 put between `high` and `max`.
    private static @Nullable String older(Reasoning reasoning) {
        String word = word(reasoning.effort());
        return "xhigh".equals(word) ? "high" : word;
    }

    boolean thinks() {
        return kind == Kind.ENABLED || kind == Kind.ADAPTIVE;
    }

    /// Writes the `thinking` of a request.
    void write(JsonGenerator json, ExtraFields extra) throws IOException {
        if (kind == Kind.UNSAID || extra.has(FIELD)) {
            extra.dropIn(FIELD);
            return;
        }
        json.writeObjectFieldStart(FIELD);
        switch (kind) {
            case UNSAID -> {}
            case DISABLED -> json.writeStringField("type", "disabled");
            case ADAPTIVE -> json.writeStringField("type", "adaptive");
            case ENABLED -> {
                json.writeStringField("type", "enabled");
                json.writeNumberField("budget_tokens", budget);
            }
        }
        if (shown != null && thinks()) {
            json.writeStringField("display", shown ? "summarized" : "omitted");
        }
        extra.writeIn(json, FIELD);
        json.writeEndObject();
    }
}
