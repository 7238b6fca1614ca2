package hal0.providers.message;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a model should answer; what the caller leaves to the provider is null.
///
/// **Units** `maxTokens` counts output tokens; `temperature`, `topP`, `topK` and the penalties are
/// on the provider's own scale. `user` is the caller's name for who asks.
public record Options(
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Double presencePenalty,
        @Nullable Double frequencyPenalty,
        @Nullable Long seed,
        List<String> stop,
        ToolChoice toolChoice,
        @Nullable Boolean parallelTools,
        @Nullable Reasoning reasoning,
        @Nullable OutputFormat format,
        @Nullable String user) {

    public static final Options DEFAULT = new Builder().build();

    public Options {
        stop = List.copyOf(stop);
        Objects.requireNonNull(toolChoice);
    }

    /// These options, to be changed in parts.
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.maxTokens = maxTokens;
        builder.temperature = temperature;
        builder.topP = topP;
        builder.topK = topK;
        builder.presencePenalty = presencePenalty;
        builder.frequencyPenalty = frequencyPenalty;
        builder.seed = seed;
        builder.stop = stop;
        builder.toolChoice = toolChoice;
        builder.parallelTools = parallelTools;
        builder.reasoning = reasoning;
        builder.format = format;
        builder.user = user;
        return builder;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Options withMaxTokens(@Nullable Integer tokens) {
        return toBuilder().maxTokens(tokens).build();
    }

    public Options withTemperature(@Nullable Double value) {
        return toBuilder().temperature(value).build();
    }

    /// **Threads** one.
    public static final class Builder {
        private @Nullable Integer maxTokens;
        private @Nullable Double temperature;
        private @Nullable Double topP;
        private @Nullable Integer topK;
        private @Nullable Double presencePenalty;
        private @Nullable Double frequencyPenalty;
        private @Nullable Long seed;
        private List<String> stop = List.of();
        private ToolChoice toolChoice = new ToolChoice.Auto();
        private @Nullable Boolean parallelTools;
        private @Nullable Reasoning reasoning;
        private @Nullable OutputFormat format;
        private @Nullable String user;

        Builder() {}

        public Builder maxTokens(@Nullable Integer value) {
            maxTokens = value;
            return this;
        }

        public Builder temperature(@Nullable Double value) {
            temperature = value;
            return this;
        }

        public Builder topP(@Nullable Double value) {
            topP = value;
            return this;
        }

        public Builder topK(@Nullable Integer value) {
            topK = value;
            return this;
        }

        public Builder presencePenalty(@Nullable Double value) {
            presencePenalty = value;
            return this;
        }

        public Builder frequencyPenalty(@Nullable Double value) {
            frequencyPenalty = value;
            return this;
        }

        public Builder seed(@Nullable Long value) {
            seed = value;
            return this;
        }

        public Builder stop(List<String> value) {
            stop = value;
            return this;
        }

        public Builder toolChoice(ToolChoice value) {
            toolChoice = value;
            return this;
        }

        public Builder parallelTools(@Nullable Boolean value) {
            parallelTools = value;
            return this;
        }

        public Builder reasoning(@Nullable Reasoning value) {
            reasoning = value;
            return this;
        }

        public Builder format(@Nullable OutputFormat value) {
            format = value;
            return this;
        }

        public Builder user(@Nullable String value) {
            user = value;
            return this;
        }

        public Options build() {
            return new Options(
                    maxTokens,
                    temperature,
                    topP,
                    topK,
                    presencePenalty,
                    frequencyPenalty,
                    seed,
                    stop,
                    toolChoice,
                    parallelTools,
                    reasoning,
                    format,
                    user);
        }
    }
}
