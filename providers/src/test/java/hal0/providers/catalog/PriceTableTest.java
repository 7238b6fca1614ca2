package hal0.providers.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.ModelKnowledge;
import hal0.providers.Presets;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What requests cost, each sum done by hand from the price list.
class PriceTableTest {
    private static final Presets PRESETS = Presets.of(_ -> Optional.empty());

    @TempDir private Path folder;

    /// Columns: provider, model, tokens of input, output, cache read, 5-minute and 1-hour write,
    /// USD.
    @ParameterizedTest
    @CsvSource({
        // 3*1000 + 15*500 + 0.3*10000 + 3.75*2000 + 6*1000
        "anthropic,claude-sonnet-4-5-20250929,1000,500,10000,2000,1000,0.027",
        // 4*100 + 20*200 + 0.2*1000000
        "anthropic,claude-opus-5-5,100,200,1000000,0,0,0.2044",
        "anthropic,claude-haiku-4-5,1000000,1000000,0,0,0,6",
        // 1.25*10000 + 10*2000 + 0.125*5000; a part of the output is reasoning
        "openai,gpt-5,10000,2000,5000,0,0,0.033125",
        "openai,gpt-4o,1000,1000,0,0,0,0.0125",
        "openai,gpt-4o-2024-11-20,1000,1000,0,0,0,0.0125",
        // A snapshot that costs twice what its family does.
        "openai,gpt-4o-2024-05-13,1000,1000,0,0,0,0.02",
        // Above 272000 tokens of input everything is dearer, cached or not.
        "openai,gpt-6-sol,272000,1000,0,0,0,0.554",
        "openai,gpt-6-sol,272001,1000,0,0,0,1.103004",
        "openai,gpt-6-sol,1,0,272000,0,0,0.108804",
        "google,gemini-2.5-pro,200000,100,0,0,0,0.251",
        "google,gemini-2.5-pro,200001,100,0,0,0,0.5015025",
        "xai,grok-4.3,199999,0,0,0,0,0.24999875",
        "xai,grok-4.3,200000,0,0,0,0,0.5",
        "groq,openai/gpt-oss-120b,1000,1000,1000,0,0,0.000825",
        "mistral,mistral-large-2512,1000,1000,1000,0,0,0.00205",
        "together,moonshotai/Kimi-K3,1000,1000,1000,0,0,0.0183",
        "fireworks,accounts/fireworks/models/kimi-k2p6,1000,1000,1000,0,0,0.00511",
        "fireworks,kimi-k2p6,1000,1000,1000,0,0,0.00511",
        "cerebras,gpt-oss-120b,1000,1000,0,0,0,0.0011",
        "openrouter,anthropic/claude-sonnet-4.5,1000,1000,0,0,0,0.018",
        // Unknown to the catalog: the preset's.
        "deepseek,deepseek-chat,1000,1000,0,0,0,0.00137",
        "anthropic,claude-of-tomorrow,1000,1000,0,0,0,0.018"
    })
    void aRequestCosts(
            String provider,
            String model,
            long in,
            long out,
            long read,
            long write,
            long hour,
            BigDecimal usd) {
        Usage usage = new Usage(in, out, read, write, hour, out / 2, null);
        assertThat(cost(provider, model, usage))
                .isInstanceOfSatisfying(
                        Cost.Usd.class,
                        cost -> assertThat(cost.amount()).isEqualByComparingTo(usd));
    }

    @ParameterizedTest
    @CsvSource({
        // A fee for each request; the hour of the day; nobody told the price of cached input.
        "perplexity,sonar,1,1,0",
        "deepseek,deepseek-v4-pro,1,1,0",
        "groq,llama-3.3-70b-versatile,1,1,1",
        // A name that begins like a known one is another model.
        "openai,gpt-5-of-tomorrow,1,1,0",
        "openai,gpt-4o-audio-preview,1,1,0",
        "openrouter,anthropic/claude-sonnet-4.5:online,1,1,0",
        "fireworks,accounts/somebody/models/kimi-k2p6,1,1,0"
    })
    void whatCannotBeToldIsUnknown(String provider, String model, long in, long out, long read) {
        assertThat(cost(provider, model, new Usage(in, out, read, 0, 0, 0, null)))
                .isEqualTo(new Cost.Unknown());
    }

    @Test
    void aPriceThatIsAnnouncedHoldsFromItsDateOn() {
        Usage usage = Usage.of(1000, 1000);
        assertThat(amount(cost("google", "gemini-3.8-flash", usage, "2026-12-31T23:59:59Z")))
                .isEqualByComparingTo("0.0045");
        assertThat(amount(cost("google", "gemini-3.8-flash", usage, "2027-01-01T00:00:00Z")))
                .isEqualByComparingTo("0.009");
    }

    /// Which request a token was counted in makes no difference, as long as no tier does.
    @Test
    void costsAddUp() {
        Random random = new Random(20261121);
        for (int i = 0; i < 2000; i++) {
            Price price =
                    new Price(
                            money(random),
                            money(random),
                            money(random),
                            money(random),
                            money(random));
            Usage one = usage(random);
            Usage other = usage(random);
            BigDecimal together = amount(price.of(sum(one, other)));
            assertThat(together)
                    .isEqualByComparingTo(amount(price.of(one)).add(amount(price.of(other))));
            assertThat(together.signum()).isNotNegative();
        }
    }

    @Test
    void aTierHoldsForTheWholeRequest() {
        Random random = new Random(7);
        for (int i = 0; i < 500; i++) {
            Price low =
                    new Price(
                            money(random),
                            money(random),
                            money(random),
                            money(random),
                            money(random));
            Price high =
                    new Price(
                            money(random),
                            money(random),
                            money(random),
                            money(random),
                            money(random));
            Price tiered = low.withTiers(List.of(new Price.Tier(1_000_000, high)));
            Usage usage = usage(random);
            Price held = usage.totalInput() > 1_000_000 ? high : low;
            assertThat(tiered.of(usage)).isEqualTo(held.of(usage));
        }
    }

    private static BigDecimal money(Random random) {
        return BigDecimal.valueOf(random.nextInt(100_000), 4);
    }

    private static Usage usage(Random random) {
        return new Usage(
                random.nextInt(1_000_000),
                random.nextInt(100_000),
                random.nextInt(500_000),
                random.nextInt(100_000),
                random.nextInt(100_000),
                random.nextInt(1000),
                null);
    }

    private static Usage sum(Usage a, Usage b) {
        return new Usage(
                a.input() + b.input(),
                a.output() + b.output(),
                a.cacheRead() + b.cacheRead(),
                a.cacheWrite5m() + b.cacheWrite5m(),
                a.cacheWrite1h() + b.cacheWrite1h(),
                a.reasoning() + b.reasoning(),
                null);
    }

    private static BigDecimal amount(Cost cost) {
        return ((Cost.Usd) cost).amount();
    }

    private Cost cost(String provider, String model, Usage usage) {
        return cost(provider, model, usage, "2026-11-21T08:00:00Z");
    }

    private Cost cost(String id, String model, Usage usage, String at) {
        ModelCatalog catalog =
                new ModelCatalog(
                        folder.resolve("catalog.json"), InstantSource.fixed(Instant.parse(at)));
        ModelKnowledge knowledge = catalog::find;
        Provider provider = PRESETS.find(id).orElseThrow();
        return new Pricing(knowledge).cost(provider, model, usage);
    }
}
