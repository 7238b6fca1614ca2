package hal0.providers;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The table of presets that users rely on, row by row.
class PresetsTest {
    private static final String TABLE =
            """
            openai      OPENAI    https://api.openai.com/v1                         Bearer      OPENAI_API_KEY
            anthropic   ANTHROPIC https://api.anthropic.com                         Anthropic   ANTHROPIC_API_KEY
            google      GEMINI    https://generativelanguage.googleapis.com/v1beta  GoogleQuery GEMINI_API_KEY
            deepseek    OPENAI    https://api.deepseek.com/v1                       Bearer      DEEPSEEK_API_KEY
            groq        OPENAI    https://api.groq.com/openai/v1                    Bearer      GROQ_API_KEY
            openrouter  OPENAI    https://openrouter.ai/api/v1                      Bearer      OPENROUTER_API_KEY
            mistral     OPENAI    https://api.mistral.ai/v1                         Bearer      MISTRAL_API_KEY
            together    OPENAI    https://api.together.xyz/v1                       Bearer      TOGETHER_API_KEY
            fireworks   OPENAI    https://api.fireworks.ai/inference/v1             Bearer      FIREWORKS_API_KEY
            cerebras    OPENAI    https://api.cerebras.ai/v1                        Bearer      CEREBRAS_API_KEY
            xai         OPENAI    https://api.x.ai/v1                               Bearer      XAI_API_KEY
            perplexity  OPENAI    https://api.perplexity.ai                         Bearer      PERPLEXITY_API_KEY
            litellm     OPENAI    http://127.0.0.1:4000                             BearerIfSet LITELLM_API_KEY
            relay       OPENAI    http://127.0.0.1:1234/v1                          None        -
            ollama      OPENAI    http://127.0.0.1:11434/v1                         None        -
            lmstudio    OPENAI    http://127.0.0.1:1234/v1                          None        -
            vllm        OPENAI    http://127.0.0.1:8000/v1                          None        -
            llamacpp    OPENAI    http://127.0.0.1:8080/v1                          None        -
            demo        OPENAI    demo:canned                                       None        -
            custom      OPENAI    https://mine.example/v1                           BearerIfSet CUSTOM_API_KEY
            """;

    private static Presets presets(String... variables) {
        Map<String, String> set =
                variables.length == 0 ? Map.of() : Map.of(variables[0], variables[1]);
        return Presets.of(name -> Optional.ofNullable(set.get(name)));
    }

    private static String row(Provider preset) {
        return "%s %s %s %s %s"
                .formatted(
                        preset.id(),
                        preset.protocol(),
                        preset.baseUrl(),
                        preset.auth().getClass().getSimpleName(),
                        preset.keyNames().isEmpty() ? "-" : String.join(",", preset.keyNames()));
    }

    @Test
    void everyPresetHasItsProtocolAddressAuthAndKey() {
        Presets presets = presets("HAL0_CUSTOM_BASE_URL", "https://mine.example/v1");
        List<String> rows = TABLE.lines().map(line -> line.replaceAll(" +", " ")).toList();
        assertThat(presets.all()).extracting(PresetsTest::row).containsExactlyElementsOf(rows);
    }

    @ParameterizedTest
    @CsvSource({"anthropic,3.00,15.00", "deepseek,0.27,1.10", "groq,0.59,0.79"})
    void threePresetsHaveAPriceForAllTheirModels(String id, String input, String output) {
        Price price = presets().find(id).orElseThrow().presetPrice();
        assertThat(price.input()).isEqualTo(new BigDecimal(input));
        assertThat(price.output()).isEqualTo(new BigDecimal(output));
    }

    @Test
    void theOthersPriceIsUnknownAndNotZero() {
        assertThat(presets().all())
                .filteredOn(p -> !List.of("anthropic", "deepseek", "groq").contains(p.id()))
                .allMatch(p -> p.presetPrice().equals(Price.UNKNOWN));
    }

    @Test
    void whatRunsOnThisMachineIsLocal() {
        assertThat(presets().all().stream().filter(Provider::local).map(Provider::id))
                .containsExactly("relay", "ollama", "lmstudio", "vllm", "llamacpp", "demo");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HAL0_CUSTOM_BASE_URL", "HAMR_CUSTOM_BASE_URL"})
    void eitherVariableSaysWhereCustomIs(String name) {
        Provider custom = presets(name, "http://127.0.0.1:9/v1").find("custom").orElseThrow();
        assertThat(custom.baseUrl()).hasToString("http://127.0.0.1:9/v1");
        assertThat(custom.keyNeeded()).isFalse();
    }

    @Test
    void customWithoutAnAddressIsKnownButNotOffered() {
        Presets presets = presets();
        assertThat(presets.find("custom")).get().matches(p -> !Presets.hasAddress(p));
        assertThat(presets.all()).allMatch(Presets::hasAddress);
        assertThat(Stream.of("openai", "demo", "litellm").map(presets::find))
                .allMatch(p -> Presets.hasAddress(p.orElseThrow()));
    }
}
