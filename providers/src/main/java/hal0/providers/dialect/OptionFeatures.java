package hal0.providers.dialect;

import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Reasoning;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which features the options of a request use, and the options without some.
final class OptionFeatures {
    private OptionFeatures() {}

    static void used(Options options, Set<Feature> found) {
        add(found, options.parallelTools(), Feature.PARALLEL_TOOLS);
        add(found, options.topK(), Feature.TOP_K);
        add(found, options.seed(), Feature.SEED);
        add(found, options.presencePenalty(), Feature.PENALTIES);
        add(found, options.frequencyPenalty(), Feature.PENALTIES);
        add(found, options.user(), Feature.USER);
        if (!options.stop().isEmpty()) {
            found.add(Feature.STOP);
        }
        Reasoning reasoning = options.reasoning();
        if (reasoning != null) {
            add(found, reasoning.effort(), Feature.EFFORT);
            add(found, reasoning.budgetTokens(), Feature.THINKING_BUDGET);
            add(found, reasoning.shown(), Feature.THINKING_SHOWN);
        }
        switch (options.format()) {
            case null -> {}
            case OutputFormat.JsonObject _ -> found.add(Feature.JSON_OBJECT);
            case OutputFormat.JsonSchema(var name, var description, _, var strict) -> {
                found.add(Feature.JSON_SCHEMA);
                add(found, strict, Feature.JSON_SCHEMA_STRICT);
                add(found, description, Feature.JSON_SCHEMA_NAME);
                if (!name.equals(Features.SCHEMA_NAME)) {
                    found.add(Feature.JSON_SCHEMA_NAME);
                }
            }
        }
    }

    private static void add(Set<Feature> found, @Nullable Object value, Feature feature) {
        if (value != null) {
            found.add(feature);
        }
    }

    static Options without(Options options, Set<Feature> gone) {
        Options.Builder left = options.toBuilder();
        if (gone.contains(Feature.PARALLEL_TOOLS)) {
            left.parallelTools(null);
        }
        if (gone.contains(Feature.TOP_K)) {
            left.topK(null);
        }
        if (gone.contains(Feature.SEED)) {
            left.seed(null);
        }
        if (gone.contains(Feature.PENALTIES)) {
            left.presencePenalty(null).frequencyPenalty(null);
        }
        if (gone.contains(Feature.USER)) {
            left.user(null);
        }
        if (gone.contains(Feature.STOP)) {
            left.stop(List.of());
        }
        return left.reasoning(reasoning(options.reasoning(), gone))
                .format(format(options.format(), gone))
                .build();
    }

    private static @Nullable Reasoning reasoning(@Nullable Reasoning asked, Set<Feature> gone) {
        if (asked == null) {
            return null;
        }
        Reasoning left =
                new Reasoning(
                        gone.contains(Feature.EFFORT) ? null : asked.effort(),
                        gone.contains(Feature.THINKING_BUDGET) ? null : asked.budgetTokens(),
                        gone.contains(Feature.THINKING_SHOWN) ? null : asked.shown());
        boolean silent = left.effort() == null && left.budgetTokens() == null;
        // One that said nothing from the beginning is left alone.
        return silent && left.shown() == null && !left.equals(asked) ? null : left;
    }

    /// Where no schema can be said, some JSON may be.
    private static @Nullable OutputFormat format(@Nullable OutputFormat asked, Set<Feature> gone) {
        OutputFormat left = asked;
        if (left instanceof OutputFormat.JsonSchema(var name, var about, var schema, var strict)) {
            boolean named = !gone.contains(Feature.JSON_SCHEMA_NAME);
            left =
                    gone.contains(Feature.JSON_SCHEMA)
                            ? new OutputFormat.JsonObject()
                            : new OutputFormat.JsonSchema(
                                    named ? name : Features.SCHEMA_NAME,
                                    named ? about : null,
                                    schema,
                                    gone.contains(Feature.JSON_SCHEMA_STRICT) ? null : strict);
        }
        boolean noJson = left instanceof OutputFormat.JsonObject;
        return noJson && gone.contains(Feature.JSON_OBJECT) ? null : left;
    }
}
