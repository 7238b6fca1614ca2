package hal0.providers;

import hal0.providers.price.Price;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of a model; null where it is not known.
///
/// **Units** `contextWindow` and `maxOutputTokens` tokens.
public record ModelInfo(
        String id,
        @Nullable String displayName,
        @Nullable Long contextWindow,
        @Nullable Long maxOutputTokens,
        @Nullable Boolean thinking,
        @Nullable Boolean tools,
        @Nullable Boolean images,
        @Nullable Boolean prefill,
        Price price,
        @Nullable Boolean documents,
        @Nullable Boolean structuredOutput) {

    public ModelInfo {
        Objects.requireNonNull(id);
        Objects.requireNonNull(price);
    }

    /// A model of which nothing is known about documents and structured output.
    public ModelInfo(
            String id,
            @Nullable String displayName,
            @Nullable Long contextWindow,
            @Nullable Long maxOutputTokens,
            @Nullable Boolean thinking,
            @Nullable Boolean tools,
            @Nullable Boolean images,
            @Nullable Boolean prefill,
            Price price) {
        this(
                id,
                displayName,
                contextWindow,
                maxOutputTokens,
                thinking,
                tools,
                images,
                prefill,
                price,
                null,
                null);
    }

    /// A model of which only the id is known.
    public static ModelInfo of(String id) {
        return new ModelInfo(id, null, null, null, null, null, null, null, Price.UNKNOWN);
    }

    /// What is known here, and from `other` what is not; the price is taken from `other` only as
    /// far as it belongs to the same price list.
    public ModelInfo orElse(ModelInfo other) {
        return new ModelInfo(
                id,
                first(displayName, other.displayName),
                first(contextWindow, other.contextWindow),
                first(maxOutputTokens, other.maxOutputTokens),
                first(thinking, other.thinking),
                first(tools, other.tools),
                first(images, other.images),
                first(prefill, other.prefill),
                price.completedBy(other.price),
                first(documents, other.documents),
                first(structuredOutput, other.structuredOutput));
    }

    private static <T> @Nullable T first(@Nullable T own, @Nullable T other) {
        return own != null ? own : other;
    }

    public ModelInfo withPrice(Price other) {
        return with(id, other);
    }

    public ModelInfo withId(String other) {
        return with(other, price);
    }

    private ModelInfo with(String newId, Price newPrice) {
        return new ModelInfo(
                newId,
                displayName,
                contextWindow,
                maxOutputTokens,
                thinking,
                tools,
                images,
                prefill,
                newPrice,
                documents,
                structuredOutput);
    }
}
