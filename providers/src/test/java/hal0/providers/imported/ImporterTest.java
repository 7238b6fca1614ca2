package hal0.providers.imported;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.providers.Presets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of other programs' files: the samples in `import/`, and what is wrong with a file.
class ImporterTest {
    private static final ImportPlan.Present NOTHING =
            new ImportPlan.Present(Set.of(), Set.of(), false);

    private Map<String, String> variables = Map.of();

    private Imported read(String name, String text) {
        return read(name, text.getBytes(UTF_8), null);
    }

    private Imported read(String name, byte[] bytes, @Nullable Format format) {
        Presets presets = Presets.of(_ -> Optional.empty());
        return new Importer(presets::find, key -> Optional.ofNullable(variables.get(key)))
                .read(name, bytes, format);
    }

    private static byte[] sample(String name) {
        try (InputStream in = ImporterTest.class.getResourceAsStream("/import/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Imported sampleRead(String name) {
        return read(name, sample(name), null);
    }

    private static String toml(Imported imported) {
        return ImportPlan.of("x", imported, NOTHING).toml();
    }

    private static ImportedProvider provider(Imported imported, String id) {
        return imported.providers().stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " is not in " + imported.providers()));
    }

    private static ImportedRoute route(Imported imported, String model) {
        return imported.routes().stream()
                .filter(r -> r.model().equals(model))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> notes(Imported imported) {
        return imported.notUnderstood().stream().map(ConfigProblem::toString).toList();
    }

    @ParameterizedTest
    @CsvSource({
        "litellm.yaml,LITELLM",
        "athyr.yaml,ATHYR",
        "opencode.jsonc,OPENCODE",
        "hamr.toml,HAMR",
        "upstreams.toml,UPSTREAMS"
    })
    void aFileTellsWhoseItIs(String name, Format format) {
        assertThat(sampleRead(name).format()).isEqualTo(format);
        assertThat(read("config", sample(name), null).format()).isEqualTo(format);
        assertThat(read("renamed", sample(name), format).format()).isEqualTo(format);
    }

    /// Every secret of the samples has this word in it.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "litellm.yaml",
                "athyr.yaml",
                "opencode.jsonc",
                "hamr.toml",
                "upstreams.toml"
            })
    void noSecretGetsIntoTextThatIsShownOrWritten(String name) {
        Imported imported = sampleRead(name);
        assertThat(toml(imported) + notes(imported) + imported)
                .doesNotContainPattern("planted[-_]");
    }

    @Nested
    class LiteLlm {
        private final Imported imported = sampleRead("litellm.yaml");

        @Test
        void deploymentsOfOneNameShareItsLoadByTheirLimits() {
            ImportedRoute route = route(imported, "gpt-4o");
            assertThat(route.targets())
                    .containsExactly("azure-gpt-4o-eu/gpt-4o-eu", "azure-gpt-4o-ca/gpt-4o-ca");
            assertThat(route.strategy()).isEqualTo("weighted");
            assertThat(route.weights()).containsExactly(600L, 300L);
            assertThat(route.retries()).isEqualTo(3);
            assertThat(route.aliases()).containsExactly("gpt-4");
        }

        @Test
        void azureIsReachedByDeploymentVersionAndHeader() {
            ImportedProvider azure = provider(imported, "azure-gpt-4o-eu");
            assertThat(azure.settings())
                    .containsEntry(
                            "base_url",
                            "https://team-europe.openai.azure.com/openai/deployments/gpt-4o-eu")
                    .containsEntry("api_key_env", "AZURE_API_KEY_EU")
                    .containsEntry("auth_style", "header")
                    .containsEntry("auth_header", "api-key");
            assertThat(azure.query()).containsExactly(Map.entry("api-version", "2024-10-21"));
        }

        @Test
        void pricesPerTokenBecomePricesPerMillion() {
            assertThat(provider(imported, "openai").models())
                    .singleElement()
                    .satisfies(model ->
                            assertThat(model.toString())
                                    .isEqualTo(
                                            "{id=gpt-4o-mini, context_window=128000, max_output_tokens=16384,"
                                                    + " supports_tools=true, supports_images=true,"
                                                    + " input_price_per_1m_tokens=0.15, output_price_per_1m_tokens=0.6,"
                                                    + " cached_input_price_per_1m_tokens=0.075}"));
        }

        @Test
        void fallbacksFollowTheModelItself() {
            assertThat(route(imported, "claude").targets())
                    .containsExactly("anthropic/claude-sonnet-4-5", "openai/gpt-4o-mini");
            assertThat(route(imported, "claude").strategy()).isNull();
        }

        @Test
        void keysOfTheFileGoToTheVariableOfTheirPreset() {
            assertThat(imported.credentials())
                    .extracting(Credential::variable)
                    .contains("ANTHROPIC_API_KEY", "TOGETHER_API_KEY")
                    .doesNotContain("LANGFUSE_SECRET_KEY");
            assertThat(provider(imported, "anthropic").settings())
                    .containsOnlyKeys("timeout_seconds");
        }

        @Test
        void aServerOfOnesOwnIsNamedByItsAddressAndGetsNoKeyOfOpenAi() {
            ImportedProvider local = provider(imported, "local-8001");
            assertThat(local.settings())
                    .containsEntry("base_url", "http://127.0.0.1:8001/v1")
                    .containsEntry("max_concurrent", 4L)
                    .doesNotContainKey("api_key_env");
            assertThat(local.headers())
                    .containsEntry("X-Team", "search")
                    .containsEntry("X-Gateway-Token", "${LOCAL_8001_X_GATEWAY_TOKEN}");
        }

        @Test
        void ollamaIsReachedAtItsOpenAiAddress() {
            assertThat(provider(imported, "ollama").settings())
                    .containsEntry("base_url", "http://gpu-box:11434/v1");
        }

        @Test
        void anotherKeyForTheSamePresetIsAProviderOfItsOwn() {
            assertThat(provider(imported, "openai-2").settings())
                    .containsEntry("base_url", "https://api.openai.com/v1")
                    .containsEntry("api_key_env", "SHARED_OPENAI_KEY");
            assertThat(route(imported, "by-credential").targets())
                    .containsExactly("openai-2/gpt-4.1");
        }

        @Test
        void aWildcardUnderItsOwnNameNeedsNoRoute() {
            assertThat(provider(imported, "groq")).isNotNull();
            assertThat(imported.routes()).noneMatch(r -> r.model().contains("*"));
        }

        @Test
        void whatIsNotTakenOverIsNamedWithItsLine() {
            assertThat(notes(imported))
                    .anyMatch(n ->
                            n.startsWith(
                                    "litellm.yaml:26: model_list[2].litellm_params.temperature: "))
                    .anyMatch(n ->
                            n.startsWith("litellm.yaml:56: model_list[7]")
                                    && n.contains("\"bedrock\""))
                    .anyMatch(n -> n.contains("litellm_settings.context_window_fallbacks:"))
                    .anyMatch(n -> n.contains("general_settings:"))
                    .noneMatch(n -> n.contains("aws_secret_access_key"))
                    .noneMatch(n -> n.contains("master_key"));
        }

        @Test
        void anAddressFromTheEnvironmentIsWrittenDown() {
            String yaml =
                    """
                    model_list:
                      - model_name: gpt-4o
                        litellm_params:
                          model: azure/gpt-4o
                          api_base: os.environ/AZURE_API_BASE
                          api_key: os.environ/AZURE_API_KEY
                    """;
            Imported without = read("c.yaml", yaml);
            assertThat(without.providers()).isEmpty();
            assertThat(notes(without))
                    .singleElement()
                    .asString()
                    .contains("AZURE_API_BASE", "not set");
            variables = Map.of("AZURE_API_BASE", "https://r.openai.azure.com/");
            assertThat(provider(read("c.yaml", yaml), "azure").settings())
                    .containsEntry("base_url", "https://r.openai.azure.com/openai/v1");
        }

        @Test
        void twoKeysForOneVariableGetTwoNames() {
            variables = Map.of("OPENAI_API_KEY", "sk-of-the-environment");
            Imported two =
                    read(
                            "c.yaml",
                            """
                            model_list:
                              - model_name: a
                                litellm_params: {model: gpt-4o, api_key: sk-first}
                              - model_name: b
                                litellm_params: {model: gpt-4o, api_key: sk-second}
                              - model_name: c
                                litellm_params: {model: o3, api_key: sk-first}
                            """);
            assertThat(two.credentials())
                    .extracting(c -> c.variable() + "=" + c.secret().value())
                    .containsExactly("OPENAI_API_KEY_2=sk-first", "OPENAI_API_KEY_3=sk-second");
            assertThat(two.routes())
                    .extracting(r -> r.targets().getFirst())
                    .containsExactly("openai/gpt-4o", "openai-2/gpt-4o", "openai/o3");
        }

        @Test
        void theKeyOfAPresetIsNotToldToAnotherAddress() {
            Imported elsewhere =
                    read(
                            "c.yaml",
                            """
                            model_list:
                              - model_name: a
                                litellm_params: {model: openai/x, api_base: "https://llm.example.com/v1"}
                              - model_name: b
                                litellm_params: {model: anthropic/y, api_base: "https://claude.example.com"}
                            """);
            assertThat(provider(elsewhere, "llm-example").variables()).isEmpty();
            assertThat(provider(elsewhere, "claude-example").settings())
                    .containsEntry("compatibility", "anthropic-compatible")
                    .doesNotContainKey("api_key_env");
        }
    }

    @Nested
    class Athyr {
        private final Imported imported = sampleRead("athyr.yaml");

        @Test
        void builtInTypesNeedNoScript() {
            assertThat(provider(imported, "openrouter").settings())
                    .containsEntry("base_url", "https://openrouter.ai/api/v1")
                    .containsEntry("api_key_env", "OPENROUTER_API_KEY")
                    .doesNotContainKey("type");
            assertThat(provider(imported, "gpu-box").settings())
                    .containsEntry("base_url", "http://gpu-box:11434/v1")
                    .containsEntry("local", true);
        }

        @Test
        void aTypeOfOnesOwnStaysAndItsScriptIsAskedFor() {
            assertThat(provider(imported, "my-provider").settings())
                    .containsEntry("type", "my-provider")
                    .containsEntry("api_key_env", "MY_PROVIDER_API_KEY");
            assertThat(notes(imported)).anyMatch(n -> n.contains("providers/my-provider.lua"));
        }
    }

    @Nested
    class Opencode {
        private final Imported imported = sampleRead("opencode.jsonc");

        @Test
        void aCompatibleProviderComesWithModelsLimitsAndPrices() {
            ImportedProvider gateway = provider(imported, "gateway");
            assertThat(gateway.settings().toString())
                    .isEqualTo(
                            "{base_url=http://127.0.0.1:7410/v1, api_key_env=GATEWAY_KEY, timeout_seconds=600}");
            assertThat(gateway.headers())
                    .containsEntry("Authorization", "Bearer ${GATEWAY_EXTRA}")
                    .containsEntry("X-Team", "search");
            assertThat(gateway.models().getFirst())
                    .containsEntry("context_window", 1_000_000L)
                    .containsEntry("supports_thinking", true)
                    .containsKey("cached_input_price_per_1m_tokens");
            assertThat(gateway.models().get(1)).containsEntry("id", "deepseek-v4-pro");
        }

        @Test
        void thePackageTellsTheProtocol() {
            assertThat(provider(imported, "claude").settings())
                    .containsEntry("compatibility", "anthropic-compatible")
                    .containsEntry("api_key_env", "CLAUDE_API_KEY");
            assertThat(provider(imported, "azure").settings())
                    .containsEntry("base_url", "https://team-europe.openai.azure.com/openai/v1")
                    .containsEntry("auth_header", "api-key");
            assertThat(notes(imported)).anyMatch(n -> n.contains("@ai-sdk/amazon-bedrock"));
        }

        @Test
        void theModelInUseBecomesTheActiveOne() {
            assertThat(imported.active())
                    .isEqualTo(new Imported.Active("gateway", "deepseek-v4-flash"));
            assertThat(provider(imported, "groq").settings()).containsEntry("enabled", false);
        }
    }

    @Nested
    class Hamr {
        private final Imported imported = sampleRead("hamr.toml");

        @Test
        void keysThatHal0KnowsAreTakenOverAsTheyAre() {
            assertThat(imported.active())
                    .isEqualTo(new Imported.Active("deepseek", "deepseek-chat"));
            assertThat(provider(imported, "relay").headers())
                    .containsEntry("CF-Access-Client-Id", "${CF_ACCESS_CLIENT_ID}")
                    .containsEntry("CF-Access-Client-Secret", "${RELAY_CF_ACCESS_CLIENT_SECRET}");
            assertThat(provider(imported, "groq").settings())
                    .containsEntry("api_key_env", "GROQ_API_KEY");
            assertThat(notes(imported))
                    .containsExactly(
                            "hamr.toml:33: providers.myserver.models[0].temperature: hal0 has no setting for it",
                            "hamr.toml:35: ui: hal0 has no setting for it");
        }

        @Test
        void theOldSingleTableBecomesTheNewForm() {
            Imported old =
                    read(
                            "config.toml",
                            """
                            [provider]
                            name = "mine"
                            base_url = "http://127.0.0.1:9000/v1/chat/completions"
                            model = "m"
                            """);
            assertThat(toml(old))
                    .contains(
                            "[active]\nprovider = \"mine\"\nmodel = \"m\"\n",
                            "[providers.mine]\nbase_url = \"http://127.0.0.1:9000/v1\"\n");
        }
    }

    @Test
    void upstreamsBecomeProviders() {
        Imported imported = sampleRead("upstreams.toml");
        assertThat(provider(imported, "gateway").settings())
                .containsEntry("compatibility", "anthropic-compatible")
                .containsEntry("base_url", "https://llm.example.com/anthropic")
                .containsEntry("api_key_env", "GATEWAY_KEY")
                .containsEntry("auth_header", "X-Gateway-Key");
        assertThat(provider(imported, "openrouter").settings())
                .containsEntry("model_filters", Map.of("include", List.of("anthropic/*")));
        assertThat(notes(imported))
                .singleElement()
                .asString()
                .contains("slots register themselves");
    }

    @Nested
    class Conflicts {
        @Test
        void whatIsThereStaysAndItsKeyIsNotTaken() {
            Imported imported = sampleRead("litellm.yaml");
            ImportPlan plan =
                    ImportPlan.of(
                            "x",
                            imported,
                            new ImportPlan.Present(Set.of("anthropic"), Set.of("gpt-4o"), true));
            assertThat(plan.conflicts())
                    .containsExactly(
                            "a provider \"anthropic\" is declared already",
                            "a [[route]] for \"gpt-4o\" is there already");
            assertThat(plan.toml()).doesNotContain("[providers.anthropic]", "\"gpt-4\"");
            assertThat(plan.credentials())
                    .extracting(Credential::variable)
                    .doesNotContain("ANTHROPIC_API_KEY");
        }

        @Test
        void aPresetThatSaysItAllNeedsNoTableButItsKey() {
            Imported imported =
                    read(
                            "opencode.json",
                            "{\"provider\":{\"groq\":{\"options\":{\"apiKey\":\"k1\"}}}}");
            ImportPlan plan = ImportPlan.of("x", imported, NOTHING);
            assertThat(plan.plain()).containsExactly("groq");
            assertThat(plan.toml()).isEmpty();
            assertThat(plan.credentials())
                    .extracting(Credential::variable)
                    .containsExactly("GROQ_API_KEY");
        }

        @Test
        void anActiveProviderStays() {
            ImportPlan plan =
                    ImportPlan.of(
                            "x",
                            sampleRead("hamr.toml"),
                            new ImportPlan.Present(Set.of(), Set.of(), true));
            assertThat(plan.conflicts())
                    .singleElement()
                    .asString()
                    .contains("deepseek/deepseek-chat");
            assertThat(plan.toml()).doesNotContain("[active]");
        }
    }

    @Nested
    class Malformed {
        private void refused(String name, String text, String message) {
            assertThatThrownBy(() -> read(name, text))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageStartingWith(message);
        }

        @Test
        void theLineAndTheReasonAreTold() {
            refused("c.yaml", "model_list:\n  - a: 'x\n", "c.yaml:3: this is not YAML: ");
            refused("c.yaml", "model_list:\n\t- a: 1\n", "c.yaml:2: this is not YAML: ");
            refused(
                    "c.json",
                    "{\n  \"provider\": {\n",
                    "c.json:3: this is not JSON: it ends too early");
            refused("c.json", "{\n \"provider\": sk-1 }", "c.json:2: this is not JSON: ");
            refused("c.toml", "[providers.x\n", "c.toml:1: ");
            refused("c.yaml", "", "c.yaml: nothing in it tells whose");
            refused("c.yaml", "services:\n  web: {}\n", "c.yaml: nothing in it tells whose");
            refused("c.yaml", "- a\n", "c.yaml:1: there are no keys in it");
        }

        @Test
        void aSyntaxErrorRepeatsNoneOfTheText() {
            assertThatThrownBy(() -> read("c.json", "{\"provider\": sk-planted-key }"))
                    .hasMessageNotContaining("planted");
            assertThatThrownBy(() -> read("c.yaml", "a: b: sk-planted-key\n"))
                    .hasMessageNotContaining("planted");
        }

        @Test
        void aliasesOfAliasesAreGivenUp() {
            StringBuilder bomb =
                    new StringBuilder("model_list: []\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
            for (int i = 1; i < 12; i++) {
                String one = "*a" + (i - 1);
                bomb.append("a%d: &a%d [%s]\n".formatted(i, i, (one + ",").repeat(9) + one));
            }
            refused("c.yaml", bomb.toString(), "c.yaml:");
            refused("c.yaml", "a: &a [*a]\n", "c.yaml:1: the alias *a names nothing above it");
        }

        @Test
        void depthAndSizeAreBounded() {
            refused("c.yaml", "a: " + "[".repeat(100_000), "c.yaml:1: it is nested too deeply");
            refused(
                    "c.json",
                    "{\"a\": " + "[".repeat(100_000),
                    "c.json: this is not JSON: it is nested");
            assertThatThrownBy(() -> read("c.yaml", new byte[Importer.MAX_BYTES + 1], null))
                    .hasMessage("c.yaml: it is larger than 4 MiB");
        }

        @Test
        void aNumberOfAMillionDigitsIsNoPrice() {
            Imported imported =
                    read(
                            "opencode.json",
                            "{\"provider\":{\"groq\":{\"models\":{\"m\":{\"cost\":{\"input\":1e999999}}}}}}");
            assertThat(toml(imported)).doesNotContain("price");
            assertThat(notes(imported))
                    .singleElement()
                    .asString()
                    .contains("cost.input: is not a number");
        }

        @ParameterizedTest
        @EnumSource(Format.class)
        void aFileOfTheWrongShapeIsToldAndNotThrownAt(Format format) {
            for (String text :
                    List.of(
                            "{\"provider\": [1], \"model\": {}, \"model_list\": {\"a\": 1}, \"llm\": [2]}",
                            "{\"provider\": {\"a\": 1, \"b\": {\"models\": 3, \"options\": []}}, \"model_list\":"
                                    + " [1, {\"litellm_params\": 2}], \"llm\": {\"backends\": [null, 7]}}")) {
                byte[] bytes =
                        format == Format.HAMR || format == Format.UPSTREAMS
                                ? "providers = 1\nupstream = [1]\nactive = []\nroute = 4\n"
                                        .getBytes(UTF_8)
                                : text.getBytes(UTF_8);
                Imported imported = read("c", bytes, format);
                assertThat(imported.providers()).isEmpty();
                assertThat(imported.notUnderstood()).isNotEmpty();
            }
        }
    }
}
