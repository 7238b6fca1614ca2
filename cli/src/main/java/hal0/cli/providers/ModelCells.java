package hal0.cli.providers;

import hal0.cli.console.Listing.Cell;
import hal0.providers.ModelInfo;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a model as cells of a listing: short for people, whole for programs.
final class ModelCells {
    private ModelCells() {}

    static Cell tokens(@Nullable Long count) {
        return new Cell(count, count == null ? "-" : String.format(Locale.ROOT, "%,d", count));
    }

    /// **Shape** programs get null for what is not known; people see what is there.
    static Cell abilities(ModelInfo model) {
        Map<String, @Nullable Boolean> all = new LinkedHashMap<>();
        all.put("tools", model.tools());
        all.put("images", model.images());
        all.put("documents", model.documents());
        all.put("thinking", model.thinking());
        all.put("structured_output", model.structuredOutput());
        all.put("prefill", model.prefill());
        List<String> known = new ArrayList<>();
        all.forEach((name, has) -> {
            if (Boolean.TRUE.equals(has)) {
                known.add(name);
            }
        });
        return new Cell(all, known.isEmpty() ? "-" : String.join(" ", known));
    }

    /// **Units** USD per one million tokens.
    static Cell price(ModelInfo model, boolean local) {
        Price price = model.price();
        if (local && !price.isKnown()) {
            return new Cell("local", "local");
        }
        if (price.equals(Price.UNKNOWN)) {
            return new Cell(null, "n/a");
        }
        Map<String, @Nullable Object> all = amounts(price);
        if (!price.tiers().isEmpty()) {
            List<Map<String, @Nullable Object>> tiers = new ArrayList<>();
            for (Price.Tier tier : price.tiers()) {
                Map<String, @Nullable Object> one = new LinkedHashMap<>();
                one.put("above_tokens", tier.aboveTokens());
                one.putAll(amounts(tier.price()));
                tiers.add(one);
            }
            all.put("tiers", tiers);
        }
        return new Cell(all, words(price));
    }

    private static Map<String, @Nullable Object> amounts(Price price) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("input", price.input());
        all.put("output", price.output());
        all.put("cached_input", price.cachedInput());
        all.put("cache_write", price.cacheWrite());
        all.put("cache_write_1h", price.cacheWrite1h());
        return all;
    }

    private static String words(Price price) {
        StringBuilder words = new StringBuilder();
        words.append(word(price.input())).append(" / ").append(word(price.output()));
        if (price.cachedInput() != null) {
            words.append(", cached ").append(word(price.cachedInput()));
        }
        for (Price.Tier tier : price.tiers()) {
            words.append(
                    String.format(
                            Locale.ROOT,
                            "; above %,d: %s / %s",
                            tier.aboveTokens(),
                            word(tier.price().input()),
                            word(tier.price().output())));
        }
        return words.toString();
    }

    private static String word(@Nullable BigDecimal usd) {
        return usd == null ? "n/a" : usd.stripTrailingZeros().toPlainString();
    }
}
