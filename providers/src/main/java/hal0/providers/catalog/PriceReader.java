package hal0.providers.catalog;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import hal0.providers.dialect.Json;
import hal0.providers.price.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `cost` object of models.dev, with `cache_write_1h` added.
///
/// **Units** USD per one million tokens.
final class PriceReader {
    private static final long OLDER_TIER = 200_000;

    private @Nullable BigDecimal input;
    private @Nullable BigDecimal output;
    private @Nullable BigDecimal cached;
    private @Nullable BigDecimal write;
    private @Nullable BigDecimal write1h;
    private long above = -1;
    private final List<Price.Tier> tiers = new ArrayList<>();
    private boolean otherTiers;
    private Price.@Nullable Tier over200k;

    private PriceReader() {}

    static Price read(JsonParser p) throws IOException {
        return object(p).price();
    }

    private static PriceReader object(JsonParser p) throws IOException {
        PriceReader cost = new PriceReader();
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return cost;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            cost.field(field, p);
        }
        return cost;
    }

    private void field(String field, JsonParser p) throws IOException {
        switch (field) {
            case "input" -> input = Price.amount(Json.decimal(p));
            case "output" -> output = Price.amount(Json.decimal(p));
            case "cache_read" -> cached = Price.amount(Json.decimal(p));
            case "cache_write" -> write = Price.amount(Json.decimal(p));
            case "cache_write_1h" -> write1h = Price.amount(Json.decimal(p));
            case "tiers" -> tiers(p);
            case "tier" -> threshold(p);
            case "context_over_200k" -> over200k = new Price.Tier(OLDER_TIER, object(p).flat());
            default -> p.skipChildren();
        }
    }

    private void tiers(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.START_OBJECT) {
            PriceReader tier = object(p);
            if (tier.above >= 0) {
                tiers.add(new Price.Tier(tier.above, tier.flat()));
            } else {
                otherTiers = true;
            }
        }
    }

    private void threshold(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        boolean byContext = false;
        long size = -1;
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "type" -> byContext = "context".equals(Json.text(p));
                case "size" -> size = Json.number(p);
                default -> p.skipChildren();
            }
        }
        above = byContext ? size : -1;
    }

    private Price flat() {
        return new Price(input, output, cached, write, write1h);
    }

    /// A tier by something else than the size of the input makes the price one that cannot be told.
    private Price price() {
        if (otherTiers) {
            return Price.UNKNOWN;
        }
        if (tiers.isEmpty() && over200k != null) {
            tiers.add(over200k);
        }
        return flat().withTiers(tiers);
    }
}
