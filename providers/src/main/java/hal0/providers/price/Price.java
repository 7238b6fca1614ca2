package hal0.providers.price;

import hal0.providers.event.Usage;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Prices of one model.
///
/// **Shape** `tiers` ascend; a request whose whole input is larger than one's threshold is priced
/// by that tier from its first token on. **Units** USD per one million tokens; null where not
/// known. **Source** that a tier holds for the whole request: ai.google.dev/gemini-api/docs/pricing
/// and docs.x.ai/docs/models as quoted in the data of @pydantic/genai-prices 0.1.8, read
/// 2026-11-21.
public record Price(
        @Nullable BigDecimal input,
        @Nullable BigDecimal output,
        @Nullable BigDecimal cachedInput,
        @Nullable BigDecimal cacheWrite,
        @Nullable BigDecimal cacheWrite1h,
        List<Tier> tiers) {

    public static final Price UNKNOWN = new Price(null, null, null, null, null);

    private static final int MILLION_DIGITS = 6;
    private static final int MOST_DIGITS = 30;

    /// What holds above so many tokens of input; `price` has no tiers itself.
    public record Tier(long aboveTokens, Price price) {}

    public Price {
        // Prices are made for each answer, and hardly one has tiers.
        tiers =
                tiers.isEmpty()
                        ? List.of()
                        : tiers.stream()
                                .sorted(Comparator.comparingLong(Tier::aboveTokens))
                                .toList();
    }

    /// A price that is the same for requests of any size.
    public Price(
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @Nullable BigDecimal cachedInput,
            @Nullable BigDecimal cacheWrite,
            @Nullable BigDecimal cacheWrite1h) {
        this(input, output, cachedInput, cacheWrite, cacheWrite1h, List.of());
    }

    public static Price of(String input, String output) {
        return new Price(new BigDecimal(input), new BigDecimal(output), null, null, null);
    }

    /// An amount of money as somebody else wrote it: null for what cannot be a price, such as one
    /// below zero, or `1e999999999`, which takes all memory as soon as anything is added to it.
    public static @Nullable BigDecimal amount(@Nullable BigDecimal told) {
        boolean money =
                told != null
                        && told.signum() >= 0
                        && Math.abs((long) told.scale()) <= MOST_DIGITS
                        && told.precision() <= MOST_DIGITS;
        return money ? told : null;
    }

    /// Whether an ordinary request can be priced.
    public boolean isKnown() {
        return input != null && output != null;
    }

    /// The price of a request that reads so many tokens, cached ones included.
    public Price at(long inputTokens) {
        Price held = this;
        for (Tier tier : tiers) {
            if (inputTokens > tier.aboveTokens()) {
                held = tier.price();
            }
        }
        return held.tiers.isEmpty() ? held : held.withTiers(List.of());
    }

    public Price withTiers(List<Tier> others) {
        return new Price(input, output, cachedInput, cacheWrite, cacheWrite1h, others);
    }

    /// This price with what it leaves open taken from `other`. Tiers are those of who names the
    /// prices of input and output.
    public Price orElse(Price other) {
        return new Price(
                input != null ? input : other.input,
                output != null ? output : other.output,
                cachedInput != null ? cachedInput : other.cachedInput,
                cacheWrite != null ? cacheWrite : other.cacheWrite,
                cacheWrite1h != null ? cacheWrite1h : other.cacheWrite1h,
                input == null && output == null ? other.tiers : tiers);
    }

    /// This price, completed from `other` where both are about the same price list: a cached price
    /// belongs to the input price that it stands beside, and to no other.
    public Price completedBy(Price other) {
        if (!isKnown()) {
            return other;
        }
        boolean sameList = same(input, other.input) && same(output, other.output);
        if (!sameList) {
            return this;
        }
        Price filled = orElse(other);
        return tiers.isEmpty() ? filled.withTiers(other.tiers) : filled;
    }

    /// This price with cached input at `paid` where it has no price of its own; null says nothing.
    public Price withCachedOr(@Nullable BigDecimal paid) {
        return cachedInput != null || paid == null
                ? this
                : new Price(input, output, paid, cacheWrite, cacheWrite1h, tiers);
    }

    private static boolean same(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        return one != null && other != null && one.compareTo(other) == 0;
    }

    /// What tokens cost at this price. Reasoning is part of the output and not paid for twice.
    ///
    /// **Shape** [Cost.Unknown] where a price that is needed is not known: neither zero nor the
    /// price of another kind of token stands in for it.
    public Cost of(Usage usage) {
        Price at = at(usage.totalInput());
        if (!at.isKnown()) {
            return new Cost.Unknown();
        }
        BigDecimal sum = BigDecimal.ZERO;
        long[] tokens = {
            usage.input(),
            usage.output(),
            usage.cacheRead(),
            usage.cacheWrite5m(),
            usage.cacheWrite1h()
        };
        @Nullable BigDecimal[] prices = {
            at.input, at.output, at.cachedInput, at.cacheWrite, at.cacheWrite1h
        };
        for (int i = 0; i < tokens.length; i++) {
            BigDecimal price = prices[i];
            if (tokens[i] == 0) {
                continue;
            }
            if (price == null) {
                return new Cost.Unknown();
            }
            sum = sum.add(price.multiply(BigDecimal.valueOf(tokens[i])));
        }
        return new Cost.Usd(sum.movePointLeft(MILLION_DIGITS));
    }
}
