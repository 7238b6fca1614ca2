package hal0.providers;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Money;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {
    private static final Presets PRESETS = Presets.of(_ -> Optional.empty());

    @Test
    void eachKindOfTokenHasItsPrice() {
        Usage usage = new Usage(1_000_000, 1_000_000, 1_000_000, 1_000_000, 1_000_000, 5, null);
        assertThat(cost("anthropic", usage)).isEqualByComparingTo("28.05");
    }

    @Test
    void cachedInputWithoutAPriceCostsWhatInputCosts() {
        assertThat(cost("groq", new Usage(0, 0, 1_000_000, 0, 0, 0, null)))
                .isEqualByComparingTo("0.59");
    }

    @Test
    void anUnknownPriceIsUnknownAndNotZero() {
        assertThat(Pricing.cost(provider("openai"), "gpt", Usage.of(1, 1)))
                .isEqualTo(new Cost.Unknown());
    }

    @Test
    void localModelsCostNothingAndSaySo() {
        assertThat(Pricing.cost(provider("ollama"), "llama", Usage.of(1, 1)))
                .isEqualTo(new Cost.Local());
    }

    @Test
    void whatTheProviderReportsComesFirst() {
        Usage usage = new Usage(1, 1, 0, 0, 0, 0, new BigDecimal("0.5"));
        assertThat(Pricing.cost(provider("ollama"), "x", usage))
                .isEqualTo(new Cost.Usd(new BigDecimal("0.5")));
    }

    @Test
    void whatTheUserWroteComesBeforeThat() {
        Provider priced = provider("groq").toBuilder().price(Price.of("1", "1")).build();
        Usage usage = new Usage(1_000_000, 0, 0, 0, 0, 0, new BigDecimal("0.5"));
        assertThat(Pricing.cost(priced, "x", usage))
                .isEqualTo(new Cost.Usd(new BigDecimal("1.000000")));
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
        return ((Cost.Usd) Pricing.cost(provider(provider), "m", usage)).amount();
    }

    private static Provider provider(String id) {
        return PRESETS.find(id).orElseThrow();
    }
}
