package hal0.providers.config;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.ConfigProblem;
import hal0.home.config.Settings;
import hal0.providers.Auth;
import hal0.providers.ModelFilters;
import hal0.providers.ModelInfo;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.ScriptUse;
import hal0.providers.Timeouts;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProvidersSectionTest {
    private static final Presets PRESETS = Presets.of(_ -> Optional.empty());
    private final ProvidersSection section = new ProvidersSection(PRESETS);

    @Test
    void aPresetFillsInWhatADeclarationLeavesOut() {
        Provider deepseek = only("[providers.deepseek]\nretries = 5");
        assertThat(deepseek.baseUrl()).hasToString("https://api.deepseek.com/v1");
        assertThat(deepseek.keyNames()).containsExactly("DEEPSEEK_API_KEY");
        assertThat(deepseek.auth()).isEqualTo(new Auth.Bearer());
        assertThat(deepseek.presetPrice()).isEqualTo(Price.of("0.27", "1.10"));
        assertThat(deepseek.defaultModel()).isEqualTo("deepseek-chat");
        assertThat(deepseek.retries()).isEqualTo(5);
    }

    @Test
    void everyKeyIsMapped() {
        Provider all =
                only(
                        """
                        [providers.mine]
                        enabled = false
                        compatibility = "anthropic-compatible"
                        base_url = " https://llm.example/api/ "
                        api_key_env = ["A_KEY", "B_KEY"]
                        auth_style = "header"
                        auth_header = "X-Key"
                        timeout_seconds = 10.5
                        connect_timeout_seconds = 1
                        first_token_timeout_seconds = 2
                        idle_timeout_seconds = 3
                        input_price_per_1m_tokens = 1
                        output_price_per_1m_tokens = 2.5
                        cached_input_price_per_1m_tokens = 0.1
                        cache_write_price_per_1m_tokens = 1.25
                        cache_write_1h_price_per_1m_tokens = 2
                        retries = 4
                        local = true
                        max_concurrent = 7
                        advertise_models = false
                        model_filters = { include = ["a*"], exclude = ["ab"] }
                        inject_usage = false
                        proxy = "http://proxy:3128"
                        [providers.mine.query]
                        api-version = "2026-01-01"
                        [providers.mine.headers]
                        X-Title = "$TITLE"
                        [[providers.mine.models]]
                        id = "m"
                        display_name = "M"
                        context_window = 1000
                        max_output_tokens = 100
                        supports_thinking = true
                        supports_tools = true
                        supports_images = false
                        supports_prefill = true
                        input_price_per_1m_tokens = 9
                        """);
        BigDecimal two = BigDecimal.valueOf(2.0);
        Price price =
                new Price(
                        BigDecimal.valueOf(1.0),
                        new BigDecimal("2.5"),
                        new BigDecimal("0.1"),
                        new BigDecimal("1.25"),
                        two);
        Price nine = new Price(BigDecimal.valueOf(9.0), null, null, null, null);
        assertThat(all)
                .isEqualTo(
                        Provider.builder(
                                        "mine",
                                        Protocol.ANTHROPIC,
                                        URI.create("https://llm.example/api"))
                                .enabled(false)
                                .keyNames(List.of("A_KEY", "B_KEY"))
                                .auth(new Auth.Header("X-Key"))
                                .timeouts(
                                        new Timeouts(
                                                Duration.ofSeconds(1),
                                                Duration.ofSeconds(2),
                                                Duration.ofSeconds(3),
                                                Duration.ofMillis(10500)))
                                .price(price)
                                .retries(4)
                                .local(true)
                                .maxConcurrent(7)
                                .advertiseModels(false)
                                .filters(new ModelFilters(List.of("a*"), List.of("ab")))
                                .injectUsage(false)
                                .proxy(URI.create("http://proxy:3128"))
                                .query(Map.of("api-version", "2026-01-01"))
                                .headers(Map.of("X-Title", "$TITLE"))
                                .models(
                                        List.of(
                                                new ModelInfo(
                                                        "m", "M", 1000L, 100L, true, true, false,
                                                        true, nine)))
                                .build());
        assertThat(all.userPriceOf("m").output()).isEqualTo(new BigDecimal("2.5"));
        assertThat(all.userPriceOf("m").input()).isEqualTo(BigDecimal.valueOf(9.0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth_style = \"baerer\"|providers.groq.auth_style|did you mean \"bearer\"",
                "compatibility = \"openai\"|providers.groq.compatibility|openai-compatible",
                "base_url = \"api.groq.com\"|providers.groq.base_url|http://",
                "base_url = \"https://u:p@x.example\"|providers.groq.base_url|api_key_env",
                "base_url = \"https://x.example/v1?key=1\"|providers.groq.base_url|query",
                "api_key_env = \"sk-secret-key\"|providers.groq.api_key_env|api.env",
                "auth_style = \"header\"|providers.groq.auth_style|auth_header",
                "auth_header = \"X\"|providers.groq.auth_header|auth_style",
                "retries = 99|providers.groq.retries|10",
                "input_price_per_1m_tokens = -1|providers.groq.input_price_per_1m_tokens|0",
                "timeout_seconds = \"5\"|providers.groq.timeout_seconds|number",
                "proxy = \"nowhere\"|providers.groq.proxy|http://host:port",
                "api_kye_env = \"X\"|providers.groq.api_kye_env|api_key_env",
            })
    void aWrongKeyIsReportedWithItsPlaceAndWhatToDo(String line, String key, String help) {
        Settings settings = read("[providers.groq]\nenabled = true\n" + line);
        assertThat(settings.usable()).isFalse();
        assertThat(settings.problems()).hasSize(1);
        ConfigProblem problem = settings.problems().getFirst();
        assertThat(problem.key()).isEqualTo(key);
        assertThat(problem.line()).isEqualTo(3);
        assertThat(problem.toString()).startsWith("config.toml:3: " + key).contains(help);
        assertThat(problem.toString()).doesNotContain("sk-secret");
    }

    @Test
    void aProviderThatIsNoPresetNeedsAnAddress() {
        Settings settings = read("[providers.mine]\napi_key_env = \"X\"");
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .contains("providers.mine")
                .contains("base_url");
    }

    @Test
    void aKeyInTheFileIsUsedButWarnedOfAndNeverShown() {
        Settings settings = read("[providers.groq]\napi_key = \"gsk-very-secret\"");
        assertThat(settings.usable()).isTrue();
        assertThat(settings.problems()).singleElement().asString().contains("api.env");
        Provider groq = settings.get(section).getFirst().provider();
        assertThat(groq.inlineKey()).isNotNull();
        assertThat(groq.toString() + settings.problems() + settings.settings())
                .doesNotContain("gsk-very-secret");
    }

    @Test
    void aModelWithoutAnIdIsReportedOnceAndItsKeysAreKnown() {
        Settings settings =
                read("[[providers.groq.models]]\ndisplay_name = \"A\"\ncontext_window = 9");
        assertThat(settings.problems()).singleElement().asString().contains("has no id");
    }

    @Test
    void aModelDeclaredTwiceIsReported() {
        Settings settings =
                read(
                        "[[providers.groq.models]]\nid = \"a\"\n[[providers.groq.models]]\nid = \"a\"");
        assertThat(settings.problems()).singleElement().asString().contains("declared twice");
    }

    @Test
    void theOpenAiPresetCanBeMoved() {
        Presets moved =
                Presets.of(name ->
                        name.equals("HIVELOOM_OPENAI_BASE_URL")
                                ? Optional.of("https://openrouter.ai/api/v1")
                                : Optional.empty());
        assertThat(moved.find("openai").orElseThrow().baseUrl())
                .hasToString("https://openrouter.ai/api/v1");
    }

    @Test
    void theOldSingleTableStillWorks() {
        LegacyProviderSection legacy = new LegacyProviderSection(PRESETS);
        Settings settings =
                Settings.of(
                        "config.toml",
                        "[provider]\nname = \"deepseek\"\nmodel = \"deepseek-chat\"\napi_key_env = \"K\"",
                        List.of(legacy));
        LegacyProviderSection.Legacy old = settings.get(legacy).orElseThrow();
        assertThat(old.active()).isEqualTo(new ActiveSection.Active("deepseek", "deepseek-chat"));
        assertThat(old.provider().keyNames()).containsExactly("K");
        assertThat(settings.usable()).isTrue();
        assertThat(settings.problems()).singleElement().asString().contains("[providers.deepseek]");
        assertThat(Settings.of("config.toml", "", List.of(legacy)).get(legacy)).isEmpty();
    }

    @Test
    void aProviderIsGivenItsScriptAndTheHostsThatItMayReach() {
        Provider mine =
                only(
                        "[providers.mine]\nbase_url = \"http://h/v1\"\ntype = \"mine\"\nallow_hosts = [\"a.com\"]");
        assertThat(mine.script())
                .isEqualTo(new ScriptUse("mine", "http://h/v1", List.of("a.com"), false));
        assertThat(read("[providers.groq]\nallow_hosts = [\"a.com\"]").problems())
                .singleElement()
                .asString()
                .contains("providers.groq.allow_hosts");
    }

    @Test
    void whatAScriptSaysHasNoEffectBesideIt() {
        Settings settings = read("[providers.a]\ntype = \"x\"\nauth_style = \"bearer\"");
        assertThat(settings.usable()).isTrue();
        assertThat(settings.problems())
                .extracting(ConfigProblem::key)
                .containsExactly("providers.a.auth_style");
    }

    @Test
    void scriptOutsideItsFolderIsRefused() {
        assertThat(read("[providers.a]\ntype = \"../x\"").problems())
                .extracting(ConfigProblem::key)
                .containsExactly("providers.a.type");
    }

    private Provider only(String toml) {
        Settings settings = read(toml);
        assertThat(settings.usable()).as(settings.problems().toString()).isTrue();
        return settings.get(section).getFirst().provider();
    }

    private Settings read(String toml) {
        return Settings.of("config.toml", toml, List.of(section));
    }
}
