package hal0.providers.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.ModelInfo;
import hal0.providers.ModelKnowledge;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCatalogTest {
    private static final Presets PRESETS = Presets.of(_ -> Optional.empty());

    @TempDir private Path folder;

    private ModelCatalog catalog() {
        return new ModelCatalog(
                folder.resolve("catalog.json"),
                InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z")));
    }

    private static Provider preset(String id) {
        return PRESETS.find(id).orElseThrow();
    }

    @Test
    void everyPresetWithPricesPerModelHasModelsAndTellsFromWhere() {
        assertThat(catalog().summaries())
                .extracting(ModelCatalog.Summary::provider)
                .containsExactlyInAnyOrder(
                        "openai",
                        "anthropic",
                        "google",
                        "deepseek",
                        "openrouter",
                        "groq",
                        "mistral",
                        "together",
                        "fireworks",
                        "cerebras",
                        "xai",
                        "perplexity");
        for (ModelCatalog.Summary summary : catalog().summaries()) {
            assertThat(summary.models()).as(summary.provider()).isPositive();
            assertThat(LocalDate.parse(String.valueOf(summary.asOf()))).isAfter("2026-01-01");
            assertThat(summary.sources()).as(summary.provider()).isNotEmpty();
            assertThat(summary.refreshedAt()).isNull();
        }
    }

    @Test
    void aPriceThatChangesOnADayChangesWhileTheProgramRuns() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-12-31T23:59:00Z"));
        ModelCatalog catalog = new ModelCatalog(folder.resolve("catalog.json"), now::get);
        Provider google = preset("google");
        Price before = catalog.find(google, "gemini-3.6-flash").orElseThrow().price();

        now.set(Instant.parse("2027-01-01T00:01:00Z"));

        assertThat(before.input()).isEqualByComparingTo("0.75");
        assertThat(catalog.find(google, "gemini-3.6-flash").orElseThrow().price().input())
                .isEqualByComparingTo("1.5");
    }

    @Test
    void everyEntryIsPlausible() {
        for (ModelCatalog.Summary summary : catalog().summaries()) {
            for (ModelInfo model : catalog().models(preset(summary.provider()))) {
                String name = summary.provider() + "/" + model.id();
                Price price = model.price();
                assertThat(model.displayName()).as(name).isNotBlank();
                if (model.contextWindow() != null && model.maxOutputTokens() != null) {
                    assertThat(model.maxOutputTokens())
                            .as(name)
                            .isLessThanOrEqualTo(model.contextWindow());
                }
                if (!price.isKnown()) {
                    assertThat(price).as(name).isEqualTo(Price.UNKNOWN);
                    continue;
                }
                assertThat(price.input()).as(name).isBetween(of("0.01"), of("200"));
                assertThat(price.output()).as(name).isBetween(price.input(), of("1000"));
                if (price.cachedInput() != null) {
                    assertThat(price.cachedInput()).as(name).isLessThan(price.input());
                }
                for (Price.Tier tier : price.tiers()) {
                    assertThat(tier.price().isKnown()).as(name).isTrue();
                    assertThat(tier.price().input()).as(name).isGreaterThan(price.input());
                }
            }
        }
    }

    private static BigDecimal of(String number) {
        return new BigDecimal(number);
    }

    @Test
    void theDefaultModelsOfPresetsAreKnown() {
        for (ModelCatalog.Summary summary : catalog().summaries()) {
            Provider preset = preset(summary.provider());
            if (preset.id().equals("deepseek")) {
                continue; // its own preset's price is the only thing known of it
            }
            assertThat(catalog().find(preset, String.valueOf(preset.defaultModel())))
                    .as("%s/%s", preset.id(), preset.defaultModel())
                    .isPresent();
        }
    }

    @Test
    void aWrittenOutAliasIsItsModelAndANameThatBeginsAlikeIsNot() {
        ModelInfo model = catalog().find(preset("anthropic"), "claude-sonnet-4-5").orElseThrow();
        assertThat(catalog().find(preset("anthropic"), "claude-sonnet-4-5-20250929"))
                .contains(model);
        assertThat(model.maxOutputTokens()).isEqualTo(64_000);
        assertThat(model.prefill()).isTrue();
        assertThat(model.documents()).isTrue();
        assertThat(catalog().find(preset("anthropic"), "claude-sonnet-4-5-20990101")).isEmpty();
        assertThat(catalog().find(preset("anthropic"), "claude-sonnet")).isEmpty();
        assertThat(catalog().find(preset("anthropic"), "claude-sonnet-4-6").orElseThrow().prefill())
                .isFalse();
    }

    @Test
    void aProviderIsRecognisedByItsAddressToo() {
        Provider mine =
                Provider.builder(
                                "work",
                                Protocol.ANTHROPIC,
                                URI.create("https://API.anthropic.com/v1"))
                        .build();
        assertThat(catalog().find(mine, "claude-haiku-4-5")).isPresent();
        Provider other =
                Provider.builder(
                                "work", Protocol.OPENAI, URI.create("https://api.openai.com.evil/"))
                        .build();
        assertThat(catalog().find(other, "gpt-5")).isEmpty();
        assertThat(catalog().find(preset("openai").toBuilder().local(true).build(), "gpt-5"))
                .isEmpty();
    }

    @Test
    void whatTheUserDeclaredComesBeforeTheCatalog() {
        ModelKnowledge knowledge = catalog()::find;
        ModelInfo declared =
                new ModelInfo("gpt-5", null, 1000L, null, null, null, false, null, Price.UNKNOWN);
        Provider provider = preset("openai").toBuilder().models(List.of(declared)).build();
        ModelInfo all = knowledge.about(provider, "gpt-5");
        assertThat(all.contextWindow()).isEqualTo(1000);
        assertThat(all.images()).isFalse();
        assertThat(all.maxOutputTokens()).isEqualTo(128_000);
        assertThat(all.price().input()).isEqualByComparingTo("1.25");
    }

    @Test
    void throughARelayAModelHasThePrefixOfItsProvider() {
        ModelKnowledge knowledge = catalog()::find;
        Provider informed = knowledge.informed(preset("anthropic"), "anthropic/claude-haiku-4-5");
        assertThat(informed.findModel("anthropic/claude-haiku-4-5").orElseThrow().maxOutputTokens())
                .isEqualTo(64_000);
    }

    @Test
    void cachedPricesAreNotMixedFromTwoPriceLists() {
        Price full =
                new Price(of("3"), of("15"), of("0.3"), null, null)
                        .withTiers(List.of(new Price.Tier(200_000, Price.of("6", "22.5"))));
        assertThat(Price.of("3.00", "15").completedBy(full).cachedInput()).isEqualTo(of("0.3"));
        assertThat(Price.of("3.00", "15").completedBy(full).tiers()).hasSize(1);
        assertThat(Price.of("2", "15").completedBy(full)).isEqualTo(Price.of("2", "15"));
        assertThat(Price.UNKNOWN.completedBy(full)).isEqualTo(full);
    }
}
