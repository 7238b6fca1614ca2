package hal0.providers.config;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.ConfigProblem;
import hal0.home.config.Settings;
import hal0.providers.Auth;
import hal0.providers.ModelFilters;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpstreamsSectionTest {
    private final UpstreamsSection section =
            new UpstreamsSection(Presets.of(_ -> Optional.empty()));

    @Test
    void everyKeyIsMapped() {
        Provider all =
                only(
                        """
                        [[upstream]]
                        name = "mine_2-x"
                        kind = "remote"
                        url = " https://llm.example/api/ "
                        protocol = "anthropic"
                        auth_style = "header"
                        auth_header = "api-key"
                        auth_value_env = "MINE_KEY"
                        timeout_seconds = 30.5
                        advertise_models = false
                        enabled = false
                        model_filters = { include = ["a/*"], exclude = ["a/b"] }
                        """);
        Timeouts usual = Timeouts.DEFAULT;
        assertThat(all)
                .isEqualTo(
                        Provider.builder(
                                        "mine_2-x",
                                        Protocol.ANTHROPIC,
                                        URI.create("https://llm.example/api"))
                                .enabled(false)
                                .auth(new Auth.Header("api-key"))
                                .keyNames(List.of("MINE_KEY"))
                                .timeouts(
                                        new Timeouts(
                                                usual.connect(),
                                                usual.firstToken(),
                                                usual.idle(),
                                                Duration.ofMillis(30500)))
                                .advertiseModels(false)
                                .filters(new ModelFilters(List.of("a/*"), List.of("a/b")))
                                .build());
    }

    @Test
    void theNameOfAPresetFillsInWhatIsLeftOut() {
        Provider anthropic = only("[[upstream]]\nname = \"anthropic\"\ntimeout_seconds = 5");
        assertThat(anthropic.protocol()).isEqualTo(Protocol.ANTHROPIC);
        assertThat(anthropic.auth()).isEqualTo(new Auth.Anthropic());
        assertThat(anthropic.keyNames()).containsExactly("ANTHROPIC_API_KEY");
        assertThat(anthropic.timeouts().total()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aKeyMeansBearerAndNoneMeansNothingIsSent() {
        String mine = "[[upstream]]\nname = \"mine\"\nurl = \"http://h/v1\"\n";
        assertThat(only(mine + "auth_value_env = \"K\"").auth()).isEqualTo(new Auth.Bearer());
        assertThat(only(mine).auth()).isEqualTo(new Auth.None());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth_style = \"baerer\"|auth_style|did you mean \"bearer\"",
                "protocol = \"openai-compatible\"|protocol|did you mean \"openai\"",
                "url = \"api.groq.com\"|url|http://",
                "kind = \"slot\"|kind|slots/NAME.toml",
                "kind = \"remot\"|kind|did you mean \"remote\"",
                "auth_value_env = \"sk-secret-key\"|auth_value_env|api.env",
                "auth_style = \"header\"|auth_style|auth_header",
                "base_url = \"http://h/v1\"|base_url|",
                "api_key_env = \"X\"|api_key_env|",
                "auth_valu_env = \"X\"|auth_valu_env|did you mean \"auth_value_env\"",
                "timeout_seconds = -1|timeout_seconds|at least 0",
                "model_filters = { includ = [] }|model_filters.includ|did you mean \"include\"",
            })
    void aWrongKeyIsReportedWithItsPlaceAndWhatToDo(String line, String key, String help) {
        Settings settings = read("[[upstream]]\nname = \"groq\"\n" + line);
        assertThat(settings.problems()).hasSize(1);
        ConfigProblem problem = settings.problems().getFirst();
        assertThat(problem.toString())
                .startsWith("upstreams.toml:3: upstream[0]." + key)
                .contains(help == null ? "" : help)
                .doesNotContain("sk-secret");
        assertThat(Declarations.isOfOneEntry(problem)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name = \"Big\"",
                "name = \"a/b\"",
                "name = \"-a\"",
                "name = 3",
                "enabled = true"
            })
    void anEntryWithoutAProperNameIsReportedAndLeftOut(String line) {
        Settings settings =
                read(
                        "[[upstream]]\nurl = \"http://h/v1\"\n"
                                + line
                                + "\n[[upstream]]\nname = \"xai\"");
        assertThat(settings.problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.toString()).contains("name");
                    assertThat(Declarations.isOfOneEntry(problem)).isTrue();
                });
        assertThat(settings.get(section)).extracting(Declared::id).containsExactly("xai");
    }

    @Test
    void ofTwoOfOneNameTheFirstCounts() {
        Settings settings =
                read(
                        "[[upstream]]\nname = \"a\"\nurl = \"http://one/v1\"\n[[upstream]]\nname = \"a\"\nurl = \"http://two/v1\"");
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .startsWith("upstreams.toml:5: upstream[1].name")
                .contains("line 1");
        assertThat(settings.get(section))
                .singleElement()
                .extracting(declared -> declared.provider().baseUrl().getHost())
                .isEqualTo("one");
    }

    @Test
    void anythingElseInTheFileMakesTheFileUnusable() {
        for (String text :
                List.of("[[upstreams]]\nname = \"a\"", "[upstream]\nname = \"a\"", "port = 1")) {
            assertThat(read(text).problems())
                    .as(text)
                    .isNotEmpty()
                    .noneMatch(Declarations::isOfOneEntry);
        }
    }

    private Provider only(String toml) {
        Settings settings = read(toml);
        assertThat(settings.problems()).isEmpty();
        return settings.get(section).getFirst().provider();
    }

    private Settings read(String toml) {
        return Settings.of(UpstreamsSection.FILE, toml, List.of(section));
    }
}
