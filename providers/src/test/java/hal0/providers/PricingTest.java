package hal0.providers;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.event.Usage;
import hal0.providers.message.Protocol;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {
    private static final Presets PRESETS = Presets.of(_ -> Optional.empty());
    private static final Pricing PRICING = new Pricing(ModelKnowledge.NONE);

    @Test
    void eachKindOfTokenHasItsPrice() {
        Usage usage = new Usage(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 5, null);
        assertThat(cost("anthropic", usage)).isEqualByComparingTo("28.05");
    }

    @Test
    void cachedInputOfWhichNobodyToldThePriceHasNone() {
        Usage usage = new Usage(1, 0, 1_000_000, 0, 0, 0, null);
        assertThat(PRICING.cost(provider("groq"), "m", usage)).isEqualTo(new Cost.Unknown());
    }

    @Test
    void whoWritesOnlyThePriceOfInputHasNamedThatOfCachedInputToo() {
        Provider priced = provider("custom-like").toBuilder().price(Price.of("2", "4")).build();
        assertThat(PRICING.cost(priced, "m", new Usage(0, 0, 1_000_000, 0, 0, 0, null)))
                .isEqualTo(usd("2.000000"));
    }

    @Test
    void cacheWritesAreNeverPricedAsSomethingCheaper() {
        Provider priced = provider("custom-like").toBuilder().price(Price.of("2", "4")).build();
        assertThat(PRICING.cost(priced, "m", new Usage(0, 0, 0, 1, 0, 0, null)))
                .isEqualTo(new Cost.Unknown());
        Price withoutHour =
                new Price(BigDecimal.ONE, BigDecimal.ONE, null, new BigDecimal("1.25"), null);
        assertThat(withoutHour.of(new Usage(0, 0, 0, 0, 1, 0, null))).isEqualTo(new Cost.Unknown());
    }

    @Test
    void whatTheUserLeavesOpenIsTakenFromWhatIsKnown() {
        ModelInfo known =
                ModelInfo.of("m").withPrice(new Price(n("3"), n("15"), n("0.3"), null, null));
        Pricing pricing = new Pricing((_, _) -> Optional.of(known));
        Provider cheaper = provider("groq").toBuilder().price(Price.of("2", "4")).build();
        assertThat(pricing.cost(cheaper, "m", new Usage(1_000_000, 0, 1_000_000, 0, 0, 0, null)))
                .isEqualTo(usd("2.3000000"));
    }

    @Test
    void aModelThatIsKnownWithoutAPriceIsNotPricedAsAnother() {
        Pricing pricing = new Pricing((_, model) -> Optional.of(ModelInfo.of(model)));
        assertThat(pricing.cost(provider("groq"), "m", Usage.of(1, 1)))
                .isEqualTo(new Cost.Unknown());
    }

    @Test
    void anUnknownPriceIsUnknownAndNotZero() {
        assertThat(PRICING.cost(provider("openai"), "gpt", Usage.of(1, 1)))
                .isEqualTo(new Cost.Unknown());
    }

    @Test
    void localModelsCostNothingAndSaySo() {
        Pricing pricing = new Pricing((_, _) -> Optional.of(priced("1", "1")));
        assertThat(pricing.cost(provider("ollama"), "llama", Usage.of(1, 1)))
                .isEqualTo(new Cost.Local());
    }

    @Test
    void whatTheProviderReportsComesBeforeWhatIsKnown() {
        Usage usage = new Usage(1, 1, 0, 0, 0, 0, new BigDecimal("0.5"));
        assertThat(PRICING.cost(provider("ollama"), "x", usage)).isEqualTo(usd("0.5"));
        assertThat(PRICING.cost(provider("groq"), "x", usage)).isEqualTo(usd("0.5"));
    }

    @Test
    void whatTheUserWroteComesBeforeThatAsFarAsItReaches() {
        Provider priced = provider("groq").toBuilder().price(Price.of("1", "1")).build();
        Usage usage = new Usage(1_000_000, 0, 0, 0, 0, 0, new BigDecimal("0.5"));
        assertThat(PRICING.cost(priced, "x", usage)).isEqualTo(usd("1.000000"));
        Usage cached = new Usage(1_000_000, 0, 1_000_000, 0, 0, 0, new BigDecimal("0.5"));
        assertThat(PRICING.cost(priced, "x", cached)).isEqualTo(usd("0.5"));
    }

    @ParameterizedTest
    @CsvSource({
        "0,$0.00",
        "0.004,$0.004",
        "0.0123,$0.0123",
        "0.01234,$0.0123",
        "0.5,$0.50",
        "0.000001234,$0.00000123",
        "0.9999,$1.00",
        "1,$1.00",
        "12.345,$12.35",
        "1234.5,$1234.50"
    })
    void moneyIsWrittenForPeople(BigDecimal usd, String written) {
        assertThat(Money.format(usd)).isEqualTo(written);
    }

    @Test
    void whatIsNotMoneyIsWrittenInWords() {
        assertThat(Money.format(new Cost.Local())).isEqualTo("local");
        assertThat(Money.format(new Cost.Unknown())).isEqualTo("n/a");
    }

    private static BigDecimal cost(String provider, Usage usage) {
        return ((Cost.Usd) PRICING.cost(provider(provider), "m", usage)).amount();
    }

    private static Cost usd(String amount) {
        return new Cost.Usd(new BigDecimal(amount));
    }

    private static BigDecimal n(String number) {
        return new BigDecimal(number);
    }

    private static ModelInfo priced(String input, String output) {
        return ModelInfo.of("m").withPrice(Price.of(input, output));
    }

    /// A preset, or a provider of which nothing is known.
    private static Provider provider(String id) {
        return PRESETS.find(id)
                .orElseGet(() ->
                        Provider.builder(id, Protocol.OPENAI, URI.create("http://gateway.test/v1"))
                                .build());
    }
}
