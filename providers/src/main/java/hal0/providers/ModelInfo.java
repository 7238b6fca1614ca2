package hal0.providers;

import hal0.providers.price.Price;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is known of a model; null where it is not known.
public record ModelInfo(
        String id,
        @Nullable String displayName,
        @Nullable Long contextWindow,
        @Nullable Long maxOutputTokens,
        @Nullable Boolean thinking,
        @Nullable Boolean tools,
        @Nullable Boolean images,
        @Nullable Boolean prefill,
        Price price) {

    public ModelInfo {
        Objects.requireNonNull(id);
        Objects.requireNonNull(price);
    }

    /// A model of which only the id is known.
    public static ModelInfo of(String id) {
        return new ModelInfo(id, null, null, null, null, null, null, null, Price.UNKNOWN);
    }

    public ModelInfo withPrice(Price other) {
        return new ModelInfo(
                id,
                displayName,
                contextWindow,
                maxOutputTokens,
                thinking,
                tools,
                images,
                prefill,
                other);
    }
}
