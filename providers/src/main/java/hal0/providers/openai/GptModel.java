package hal0.providers.openai;

import hal0.providers.Provider;
import hal0.providers.message.Reasoning;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a model of OpenAI's own takes, as its name tells; the API refuses the rest.
///
/// **Shape** `o` models count as version 4, of before GPT-5. **Source** ReasoningEffort in
/// resources/shared.d.ts and prompt_cache_options in resources/chat/completions/completions.d.ts of
/// openai 6.49.0 at npm; which steps a version knows and what it says of temperature:
/// github.com/anomalyco/models.dev/pull/2351, github.com/tmc/langchaingo/issues/1355; of stop
/// sequences, penalties and efforts: github.com/BerriAI/litellm/pull/15244 and 38842,
/// github.com/stanford-crfm/helm/pull/3617. Read 2026-11-21.
public record GptModel(int major, int minor, boolean reasons) {
    private static final Pattern GPT = Pattern.compile("gpt-(\\d{1,2})(?:\\.(\\d{1,2}))?");
    private static final Pattern O = Pattern.compile("(?:^|/)o\\d");

    /// The model behind that name at a provider; null where the server is not OpenAI's own, for
    /// others take what they like.
    public static @Nullable GptModel at(Provider provider, String modelId) {
        return Vendor.of(provider) == Vendor.OPENAI ? find(modelId) : null;
    }

    /// The model of that name, null when it is none of OpenAI's.
    public static @Nullable GptModel find(String modelId) {
        String id = modelId.toLowerCase(Locale.ROOT);
        if (O.matcher(id).find()) {
            return new GptModel(4, 0, true);
        }
        Matcher gpt = GPT.matcher(id);
        if (!gpt.find()) {
            return null;
        }
        int major = Integer.parseInt(gpt.group(1));
        int minor = gpt.group(2) == null ? 0 : Integer.parseInt(gpt.group(2));
        return new GptModel(major, minor, major >= 5 && !id.contains("chat"));
    }

    private boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    boolean takesCacheBreakpoints() {
        return isAtLeast(5, 6);
    }

    /// The step nearest to what is asked for, null when there is no such thing.
    public Reasoning.@Nullable Effort effort(Reasoning reasoning) {
        if (!reasons) {
            return null;
        }
        Reasoning.Effort wanted = reasoning.effort();
        Integer budget = reasoning.budgetTokens();
        if (reasoning.isOff()) {
            wanted = Reasoning.Effort.NONE;
        } else if (wanted == null && budget != null) {
            wanted = ofBudget(budget);
        }
        return wanted == null ? null : known(wanted);
    }

    private static Reasoning.Effort ofBudget(int tokens) {
        if (tokens <= 4096) {
            return Reasoning.Effort.LOW;
        }
        return tokens <= 16_384 ? Reasoning.Effort.MEDIUM : Reasoning.Effort.HIGH;
    }

    private Reasoning.Effort known(Reasoning.Effort wanted) {
        return switch (wanted) {
            case NONE -> {
                if (isAtLeast(5, 1)) {
                    yield Reasoning.Effort.NONE;
                }
                yield major == 5 ? Reasoning.Effort.MINIMAL : Reasoning.Effort.LOW;
            }
            case MINIMAL ->
                    major == 5 && minor == 0 ? Reasoning.Effort.MINIMAL : Reasoning.Effort.LOW;
            case LOW, MEDIUM, HIGH -> wanted;
            case XHIGH, MAX -> isAtLeast(5, 2) ? Reasoning.Effort.XHIGH : Reasoning.Effort.HIGH;
        };
    }
}
