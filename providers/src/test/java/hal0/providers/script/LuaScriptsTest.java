package hal0.providers.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.error.ErrorKind;
import hal0.providers.Auth;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.Secret;
import hal0.providers.config.DeclaredProviders;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.listing.Listing;
import hal0.providers.message.Protocol;
import hal0.providers.testing.ScriptedProvider;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LuaScriptsTest {
    @TempDir Path folder;
    private final ScriptedProvider upstream = ScriptedProvider.openAi();
    private Scripts scripts;

    @BeforeEach
    void open() {
        scripts = new Scripts(folder);
    }

    @AfterEach
    void close() {
        scripts.close();
        upstream.close();
    }

    private Provider completed(String source) {
        scripts.file("foo", source);
        return scripts.lua.completed(Scripts.of("foo", ""));
    }

    private String lines(String lines) {
        return Scripts.minimal(upstream.baseUrl(), lines);
    }

    private boolean healthy(String body) {
        Provider foo = completed(lines("function provider.health_check() " + body + " end"));
        return scripts.lua.healthy(foo).orElseThrow();
    }

    @Test
    void whatTheContractLeavesOutHasItsDefaults() {
        Provider foo = completed(lines(""));
        assertThat(foo.protocol()).isEqualTo(Protocol.OPENAI);
        assertThat(foo.auth()).isEqualTo(new Auth.None());
        assertThat(foo.endpoints().models()).isEqualTo("/v1/models");
        assertThat(foo.endpoints().health()).isEqualTo("/");
        assertThat(scripts.lua.healthy(foo)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "openai_compat,OPENAI",
        "anthropic,ANTHROPIC",
        "openai_responses,RESPONSES",
        "gemini,GEMINI"
    })
    void everyProtocolCanBeNamed(String word, Protocol protocol) {
        assertThat(completed(lines("provider.protocol = '" + word + "'")).protocol())
                .isEqualTo(protocol);
    }

    @Test
    void authenticationIsTheScripts() {
        scripts.variables.put("THE_KEY", "key-123456");
        assertThat(
                        completed(
                                lines(
                                        "provider.auth_type = 'x-api-key' provider.auth_key = 'own-key-1'")))
                .satisfies(foo -> {
                    assertThat(foo.auth()).isEqualTo(new Auth.XApiKey());
                    assertThat(foo.inlineKey()).isEqualTo(new Secret("own-key-1"));
                    assertThat(foo.keyNames()).isEmpty();
                });
        assertThat(
                        completed(
                                lines(
                                        "provider.auth_type = 'bearer' provider.auth_key = config.api_key")))
                .satisfies(foo -> {
                    assertThat(foo.auth()).isEqualTo(new Auth.Bearer());
                    assertThat(foo.keyNames()).containsExactly("THE_KEY");
                });
    }

    @Test
    void configIsEmptyWhereNothingIsDeclared() {
        assertThat(
                        healthy(
                                "return config.name == 'foo' and config.url == '' and config.api_key == ''"))
                .isTrue();
    }

    @Test
    void newKeyReachesTheScript() {
        scripts.variables.put("THE_KEY", "old-key-1");
        assertThat(healthy("return config.api_key == 'old-key-1'")).isTrue();
        scripts.variables.put("THE_KEY", "new-key-2");
        assertThat(healthy("return config.api_key == 'new-key-2'")).isTrue();
    }

    @Test
    void dollarOfAHeaderIsNoVariable() {
        scripts.variables.put("OTHER_KEY", "secret-of-another");
        Provider foo =
                completed(
                        lines(
                                "provider.headers = { ['X-Price'] = '$OTHER_KEY and ${OTHER_KEY} at 5$' }"));
        assertThat(scripts.requests.get(foo, "/").headers().find("X-Price"))
                .contains("$OTHER_KEY and ${OTHER_KEY} at 5$");
    }

    @Test
    void declaredHeadersWinOverTheScripts() {
        scripts.file("foo", lines("provider.headers = { A = 'script', B = 'script' }"));
        Provider declared = Scripts.of("foo", "").toBuilder().headers(Map.of("A", "file")).build();
        assertThat(scripts.lua.completed(declared).headers())
                .isEqualTo(Map.of("A", "file", "B", "script"));
    }

    @Test
    void allMistakesOfATableAreToldTogether() {
        assertThatThrownBy(() ->
                        completed(
                                "return { protocol = 'openai_compt', auth_type = 7, models_endpoint = 'x' }"))
                .isInstanceOf(ProviderException.Misconfigured.class)
                .hasMessageContaining("providers/foo.lua: protocol: \"openai_compt\" is not one of")
                .hasMessageContaining("did you mean \"openai_compat\"?")
                .hasMessageContaining("base_url: it is missing")
                .hasMessageContaining("completions_endpoint: it is missing")
                .hasMessageContaining("models_endpoint: \"x\" does not begin with a slash");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "local x return x.y | providers/foo.lua:1: attempt to index a nil value",
                "x = = 1 | providers/foo.lua:1: unexpected symbol",
                "return { a = | providers/foo.lua:1: unexpected symbol near '<eof>'",
                "x = then | providers/foo.lua:1: unexpected symbol near 'then'",
                "return 5 | providers/foo.lua: it returns a number, not a table",
                "local x = 1 | providers/foo.lua: it returns nothing, not a table",
                "error('no luck') | providers/foo.lua:1: no luck"
            })
    void whatDoesNotLoadNamesFileAndLine(String source, String message) {
        assertThatThrownBy(() -> completed(source))
                .isInstanceOf(ProviderException.Misconfigured.class)
                .hasMessageStartingWith("foo: " + message);
    }

    @Test
    void failingHookNamesScriptLineAndHook() {
        Provider foo = completed(lines("function provider.parse_models(r)\n return r.a.b\nend"));
        assertThatThrownBy(() -> scripts.lua.models(foo, "{}".getBytes(UTF_8)))
                .hasMessage("foo: providers/foo.lua:7: parse_models: attempt to index a nil value");
        assertThat(((Listing.Failed) scripts.lists.of(Scripts.of("foo", ""))).kind())
                .isEqualTo(ErrorKind.CONFIGURATION);
    }

    @Test
    void missingScriptNamesTheNearest() {
        assertThatThrownBy(() -> scripts.lua.completed(Scripts.of("olama", "")))
                .isInstanceOf(ProviderException.Misconfigured.class)
                .hasMessageContaining("there is no script \"olama\" (did you mean \"ollama\"?)");
    }

    @Test
    void usersFileWinsOverTheBuiltInOne() throws Exception {
        Provider builtIn = scripts.lua.completed(Scripts.of("ollama", "http://127.0.0.1:11434/v1"));
        assertThat(builtIn.baseUrl()).isEqualTo(URI.create("http://127.0.0.1:11434"));
        scripts.file("ollama", lines(""));
        assertThat(scripts.lua.completed(Scripts.of("ollama", "")).baseUrl())
                .isEqualTo(upstream.baseUrl());
        Files.delete(folder.resolve("ollama.lua"));
        assertThat(scripts.lua.completed(Scripts.of("ollama", "")).baseUrl())
                .isEqualTo(URI.create("http://localhost:11434"));
    }

    @Test
    void builtInOpenRouterAsksWhetherItsKeyIsGood() {
        scripts.variables.put("THE_KEY", "key-123456");
        Provider router =
                scripts.lua.completed(Scripts.of("openrouter", upstream.baseUrl().toString()));
        assertThat(scripts.lua.healthy(router)).contains(true);
        assertThat(upstream.takeAsked())
                .satisfies(asked -> {
                    assertThat(asked.target()).isEqualTo("/v1/key");
                    assertThat(asked.headers().get("Authorization")).isEqualTo("Bearer key-123456");
                });
    }

    @Test
    void changedFileCountsFromTheNextUseOn() {
        assertThat(completed(lines("provider.models_endpoint = '/one'")).endpoints().models())
                .isEqualTo("/one");
        assertThat(completed(lines("provider.models_endpoint = '/two'")).endpoints().models())
                .isEqualTo("/two");
    }

    @Test
    void brokenEditLeavesTheLastGoodOneInUse() {
        completed(lines("function provider.health_check() return true end"));
        Provider foo = completed("this is not Lua");
        assertThat(foo.baseUrl()).isEqualTo(upstream.baseUrl());
        assertThat(scripts.lua.healthy(foo)).contains(true);
        assertThat(completed(lines("provider.models_endpoint = '/mended'")).endpoints().models())
                .isEqualTo("/mended");
    }

    @Test
    void scriptKeepsItsVariablesBetweenHooks() {
        Provider foo =
                completed(
                        lines(
                                "local n = 0 function provider.health_check() n = n + 1 return n == 3 end"));
        assertThat(
                        List.of(
                                scripts.lua.healthy(foo),
                                scripts.lua.healthy(foo),
                                scripts.lua.healthy(foo)))
                .containsExactly(Optional.of(false), Optional.of(false), Optional.of(true));
    }

    @Test
    void processThatWasKilledIsStartedAgain() {
        Provider foo = completed(lines("function provider.health_check() return true end"));
        assertThat(scripts.lua.healthy(foo)).contains(true);
        for (ProcessHandle child : children()) {
            child.destroyForcibly();
            child.onExit().join();
        }
        assertThat(scripts.lua.healthy(foo)).contains(true);
    }

    private static List<ProcessHandle> children() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("ScriptProcess"))
                .toList();
    }

    @Test
    void closingEndsTheProcesses() {
        Provider foo = completed(lines("function provider.health_check() return true end"));
        assertThat(scripts.lua.healthy(foo)).contains(true);
        List<ProcessHandle> children = children();
        assertThat(children).isNotEmpty();
        scripts.lua.close();
        assertThat(children)
                .allSatisfy(child ->
                        assertThat(child.onExit())
                                .succeedsWithin(java.time.Duration.ofSeconds(10)));
    }

    @Test
    void httpReachesTheHostOfTheBaseUrl() {
        upstream.answers(
                new MockResponse.Builder()
                        .code(201)
                        .setHeader("X-Answer", "yes")
                        .body("created")
                        .build());
        assertThat(
                        healthy(
                                """
                                local r = http.post(provider.base_url .. "/token", {grant = "x"}, {["X-Mine"] = "1"})
                                return r.status == 201 and r.headers["x-answer"] == "yes" and r.body == "created"
                                """))
                .isTrue();
        assertThat(upstream.takeAsked())
                .satisfies(asked -> {
                    assertThat(asked.method()).isEqualTo("POST");
                    assertThat(asked.body()).isEqualTo("{\"grant\":\"x\"}");
                    assertThat(asked.headers().get("X-Mine")).isEqualTo("1");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:1/,not the host of base_url",
        "http://169.254.169.254/latest/meta-data,not the host of base_url",
        "file:///etc/passwd,not an http or https address",
        "http://127.0.0.1@evil.example/,not an http or https address",
        "nonsense,not an http or https address"
    })
    void httpReachesNothingElse(String url, String why) {
        assertThat(
                        healthy(
                                "local r, e = http.get('%s') return r == nil and e:find('%s', 1, true) ~= nil"
                                        .formatted(url, why)))
                .isTrue();
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void allowedHostsCanBeReached() {
        URI other = upstream.baseUrl();
        scripts.file(
                "foo",
                Scripts.minimal(
                        URI.create("http://localhost:1/"),
                        "function provider.health_check() return http.get('%s/models') ~= nil end"
                                .formatted(other)));
        assertThat(scripts.lua.healthy(scripts.lua.completed(Scripts.of("foo", ""))))
                .contains(false);
        assertThat(scripts.lua.healthy(scripts.lua.completed(Scripts.of("foo", "", "127.0.0.1:1"))))
                .contains(false);
        assertThat(
                        scripts.lua.healthy(
                                scripts.lua.completed(
                                        Scripts.of("foo", "", "127.0.0.1:" + other.getPort()))))
                .contains(true);
        assertThat(scripts.lua.healthy(scripts.lua.completed(Scripts.of("foo", "", "127.0.0.1"))))
                .contains(true);
    }

    @Test
    void keyIsNotSentWithoutTlsToAHostThatHasIt() {
        scripts.file(
                "foo",
                Scripts.minimal(
                        URI.create("https://api.example.com/v1"),
                        "function provider.health_check() local r, e = http.get('http://api.example.com/') return e:find('only reached over https', 1, true) ~= nil end"));
        assertThat(scripts.lua.healthy(scripts.lua.completed(Scripts.of("foo", ""))))
                .contains(true);
    }

    @Test
    void redirectsAreShownAndNotFollowed() {
        upstream.answers(
                new MockResponse.Builder()
                        .code(302)
                        .setHeader("Location", "http://evil.example/")
                        .build());
        assertThat(healthy("local r = http.post(provider.base_url, '') return r.status == 302"))
                .isTrue();
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void providersOfFilesComeBeforePresetsAndBehindDeclarations() {
        scripts.file("mine", "this is not Lua")
                .file("groq", lines(""))
                .file("used", lines(""))
                .file("declared", lines(""));
        scripts.file("not a name", "");
        DeclaredProviders declared =
                new DeclaredProviders(
                        List.of(
                                Provider.builder("declared", Protocol.OPENAI, upstream.baseUrl())
                                        .build(),
                                Scripts.of("used", "").toBuilder().build(),
                                Scripts.of("groq", "").toBuilder().script(null).build()));
        Presets presets = Presets.of(_ -> Optional.empty());
        ScriptProviders source = new ScriptProviders(scripts.files, presets, declared::providers);
        assertThat(source.providers()).extracting(Provider::id).containsExactly("mine");
        assertThat(source.problems())
                .hasSize(1)
                .first()
                .asString()
                .contains("providers/not a name.lua");
        declared.replace(List.of());
        ProviderRegistry registry =
                new ProviderRegistry(List.of(declared, source), presets, _ -> Optional.empty());
        assertThat(registry.declared())
                .extracting(Provider::id)
                .containsExactly("declared", "groq", "mine", "used");
        assertThat(registry.find("groq").orElseThrow().keyNames()).containsExactly("GROQ_API_KEY");
        assertThat(registry.find("mine").orElseThrow().keyNames()).containsExactly("MINE_API_KEY");
        // One that fails is told, and the others answer.
        assertThatThrownBy(() -> scripts.lua.completed(registry.find("mine").orElseThrow()))
                .isInstanceOf(ProviderException.Misconfigured.class);
        assertThat(scripts.lua.completed(registry.find("groq").orElseThrow()).baseUrl())
                .isEqualTo(upstream.baseUrl());
    }

    @Test
    void newFilesAreSeenOnReload() {
        ScriptProviders source =
                new ScriptProviders(scripts.files, Presets.of(_ -> Optional.empty()), List::of);
        assertThat(source.providers()).isEmpty();
        List<String> news = new java.util.concurrent.CopyOnWriteArrayList<>();
        try (var _ = source.onChange(() -> news.add("changed"))) {
            source.reload();
            scripts.file("fresh", lines(""));
            source.reload();
        }
        assertThat(news).containsExactly("changed");
        assertThat(source.providers()).extracting(Provider::id).containsExactly("fresh");
    }

    @Test
    void oneHookAtATimeGetsIn() throws Exception {
        Provider foo =
                completed(
                        lines(
                                """
                                local inside = false
                                function provider.parse_models(r)
                                  if inside then error("two at once") end
                                  inside = true
                                  http.get(provider.base_url .. "/models")
                                  inside = false
                                  return r
                                end
                                """));
        List<Thread> threads = new java.util.ArrayList<>();
        List<String> answers = new java.util.concurrent.CopyOnWriteArrayList<>();
        for (int i = 0; i < 20; i++) {
            String body = "{\"n\":" + i + "}";
            threads.add(
                    Thread.ofVirtual()
                            .start(() ->
                                    answers.add(
                                            new String(
                                                    scripts.lua.models(foo, body.getBytes(UTF_8)),
                                                    UTF_8))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(answers).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void cancelledCallEndsTheHooksHttp() {
        upstream.answers(
                new MockResponse.Builder()
                        .onRequestStart(mockwebserver3.SocketEffect.Stall.INSTANCE)
                        .build());
        Provider foo =
                completed(
                        lines(
                                "function provider.on_request(req) local r, e = http.post(provider.base_url, '') return nil, e end"));
        CancelToken cancel = new CancelToken();
        Thread.ofVirtual().start(() -> cancel.cancel("the client left"));
        assertThatThrownBy(() ->
                        scripts.lua.call(foo, "m", "on_request", "{}".getBytes(UTF_8), cancel))
                .isInstanceOf(ProviderException.Rejected.class)
                .hasMessageContaining("cancelled");
    }
}
