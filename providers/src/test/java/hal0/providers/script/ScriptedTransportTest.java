package hal0.providers.script;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.ConcurrencyLimit;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptedTransportTest {
    /// With spaces and an order of its own, as no serialiser writes it.
    private static final String BODY =
            "{ \"stream\":false,  \"model\": \"m1\", \"temperature\": 1.0, \"tools\":[], \"messages\": [ ] }";

    @TempDir Path folder;
    private final ScriptedProvider upstream = ScriptedProvider.openAi();
    private Scripts scripts;

    /// An empty answer that tells when it is closed.
    private record Counted(AtomicInteger open) implements UpstreamResponse {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public Headers headers() {
            return Headers.NONE;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return -1;
        }

        @Override
        public byte[] readAll(long limit) {
            return new byte[0];
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }

    private record Answered(int status, Headers headers, String body) {}

    @BeforeEach
    void open() {
        scripts = new Scripts(folder);
    }

    @AfterEach
    void close() {
        scripts.close();
        upstream.close();
    }

    private Answered ask(String script, String body) {
        scripts.file("foo", Scripts.minimal(upstream.baseUrl(), script));
        Provider foo = scripts.lua.completed(Scripts.of("foo", ""));
        UpstreamRequest request =
                scripts.requests.post(
                        foo,
                        "m1",
                        "/chat/completions",
                        Headers.builder().add("X-Client", "c").build(),
                        Body.of("application/json", body.getBytes(UTF_8)),
                        false);
        var transport = new ScriptedTransport(scripts.plain, scripts.lua);
        try (UpstreamResponse response = transport.send(request, new CancelToken())) {
            return new Answered(
                    response.status(),
                    response.headers(),
                    new String(response.readAll(1 << 26), UTF_8));
        }
    }

    private ScriptedProvider.Asked sent(String script, String body) {
        upstream.says("hello");
        ask(script, body);
        return upstream.takeAsked();
    }

    @Test
    void answerIsClosedWhenTheScriptCannotBeAskedAboutIt() {
        scripts.file("foo", Scripts.minimal(upstream.baseUrl(), ""));
        Provider foo = scripts.lua.completed(Scripts.of("foo", ""));
        UpstreamRequest request =
                scripts.requests.post(
                        foo,
                        "m1",
                        "/chat/completions",
                        Headers.NONE,
                        Body.of("application/json", BODY.getBytes(UTF_8)),
                        false);
        AtomicInteger open = new AtomicInteger();
        Transport counted =
                new Transport() {
                    @Override
                    public UpstreamResponse send(UpstreamRequest sent, CancelToken cancel) {
                        scripts.file("foo", "return {");
                        // Then the script is to be read anew, and waiting for it ends at once.
                        Thread.currentThread().interrupt();
                        open.incrementAndGet();
                        return new Counted(open);
                    }

                    @Override
                    public void close() {}
                };

        assertThatThrownBy(() ->
                        new ScriptedTransport(counted, scripts.lua)
                                .send(request, new CancelToken()))
                .isInstanceOf(ProviderException.Misconfigured.class)
                .hasMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(open).hasValue(0);
    }

    @Test
    void hookMayCallItsProviderThoughItsRequestHasTheOnlyTurn() {
        upstream.says("hello").fails(200, "{\"seen\":true}");
        scripts.file(
                "foo",
                Scripts.minimal(
                        upstream.baseUrl(),
                        """
                        function provider.on_response(resp)
                          local told = http.post("%s/tell", "x")
                          resp.headers["x-told"] = tostring(told and told.status)
                          return resp
                        end
                        """
                                .formatted(upstream.baseUrl())));
        try (Transport limited = new ConcurrencyLimit(scripts.plain);
                LuaScripts lua = new LuaScripts(scripts.files, limited, scripts.requests)) {
            Provider foo =
                    lua.completed(Scripts.of("foo", "").toBuilder().maxConcurrent(1).build());
            UpstreamRequest request =
                    scripts.requests.post(
                            foo,
                            "m1",
                            "/chat/completions",
                            Headers.NONE,
                            Body.of("application/json", BODY.getBytes(UTF_8)),
                            false);
            try (UpstreamResponse response =
                    new ScriptedTransport(limited, lua).send(request, new CancelToken())) {
                assertThat(response.headers().find("x-told")).contains("200");
            }
        }
    }

    @Test
    void statusThatIsNoneFailsTheCall() {
        upstream.says("hello");
        assertThatThrownBy(() ->
                        ask("function provider.on_response(r) r.status = 99999 return r end", BODY))
                .isInstanceOf(ProviderException.Misconfigured.class)
                .hasMessageContaining("99999 is not the status of an answer");
    }

    @Test
    void scriptWithoutTheHookLeavesEveryByte() {
        assertThat(sent("function provider.parse_models(r) return r end", BODY).body())
                .isEqualTo(BODY);
    }

    @Test
    void untouchedMembersAreWrittenAsTheyWereRead() {
        assertThat(
                        sent(
                                        "function provider.on_request(req) req.body.user = 'me' return req end",
                                        BODY)
                                .body())
                .isEqualTo(
                        "{\"stream\":false,\"model\":\"m1\",\"temperature\":1.0,\"tools\":[],\"messages\":[],\"user\":\"me\"}");
    }

    @Test
    void headersAreTheScripts() {
        ScriptedProvider.Asked asked =
                sent(
                        "function provider.on_request(req) req.headers['X-Seen'] = req.headers['X-Client'] .. req.model req.headers['X-Client'] = nil return req end",
                        BODY);
        assertThat(asked.headers().get("X-Seen")).isEqualTo("cm1");
        assertThat(asked.headers().get("X-Client")).isNull();
    }

    @Test
    void otherModelIsTheOneInTheBody() {
        assertThat(
                        sent(
                                        "function provider.on_request(req) req.model = 'vendor/' .. req.model return req end",
                                        BODY)
                                .body())
                .contains("\"model\":\"vendor/m1\"");
    }

    @Test
    void refusalFailsTheCallWithItsText() {
        assertThatThrownBy(() ->
                        ask(
                                "function provider.on_request(req) return nil, 'not on Sundays' end",
                                BODY))
                .isInstanceOfSatisfying(
                        ProviderException.Rejected.class,
                        e -> assertThat(e.code()).isEqualTo("script_refused"))
                .hasMessage("foo: not on Sundays");
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void keyInARefusalIsNotShown() {
        scripts.variables.put("THE_KEY", "key-123456");
        assertThatThrownBy(() ->
                        ask(
                                "function provider.on_request(req) return nil, 'bad ' .. config.api_key .. '\\27[2J' end",
                                BODY))
                .hasMessageNotContaining("key-123456")
                .hasMessageNotContaining("\u001b");
        assertThatThrownBy(() ->
                        ask(
                                "function provider.on_request(req) error('bad ' .. config.api_key) end",
                                BODY))
                .hasMessageNotContaining("key-123456");
    }

    @Test
    void hookWithoutAResultIsAMistake() {
        assertThatThrownBy(() -> ask("function provider.on_request(req) end", BODY))
                .isInstanceOfSatisfying(
                        ProviderException.Misconfigured.class,
                        e -> assertThat(e.kind()).isEqualTo(ErrorKind.CONFIGURATION))
                .hasMessageContaining("on_request: it returned no table; end it with `return req`");
    }

    @Test
    void headerThatCannotBeSentIsAMistake() {
        assertThatThrownBy(() ->
                        ask(
                                "function provider.on_request(req) req.headers.A = 'x\\r\\nB: y' return req end",
                                BODY))
                .isInstanceOf(ProviderException.Misconfigured.class)
                .hasMessageContaining("on_request: A cannot be sent as a header");
    }

    @Test
    void largeImagePassesThroughASmallHeap() {
        String image = "i".repeat(16 * 1024 * 1024);
        String text = "ü😀".repeat(40_000);
        String body = "{\"messages\":[{\"url\":\"%s\"},{\"text\":\"%s\"}]}".formatted(image, text);
        String sent =
                sent(
                                """
                                function provider.on_request(req)
                                  local image = req.body.messages[1]
                                  image.moved = image.url
                                  image.url = nil
                                  req.body.user = #image.moved < 100
                                  return req
                                end
                                """,
                                body)
                        .body();
        String expected =
                "{\"messages\":[{\"moved\":\"%s\"},{\"text\":\"%s\"}],\"user\":true}"
                        .formatted(image, text);
        // Not as texts: showing their difference would take the heap.
        assertThat(sent.length()).isEqualTo(expected.length());
        assertThat(sent.equals(expected)).isTrue();
    }

    @Test
    void answerCanBeChanged() {
        upstream.answers(
                new MockResponse.Builder()
                        .code(200)
                        .setHeader("Content-Type", "application/json")
                        .setHeader("X-Theirs", "1")
                        .body("{\"id\":\"1\",\"usage\":{}}")
                        .build());
        Answered answered =
                ask(
                        """
                        function provider.on_response(resp)
                          resp.body.id = "two"
                          resp.headers["x-ours"] = resp.headers["x-theirs"]
                          resp.status = 203
                          return resp
                        end
                        """,
                        BODY);
        assertThat(answered.status()).isEqualTo(203);
        assertThat(answered.body()).isEqualTo("{\"id\":\"two\",\"usage\":{}}");
        assertThat(answered.headers().find("x-ours")).contains("1");
        assertThat(answered.headers().find("content-length")).contains("23");
    }

    @Test
    void answerThatIsOnlyLookedAtStays() {
        String odd = "{ \"a\":1,   \"b\":1.50 }";
        upstream.answers(
                new MockResponse.Builder()
                        .code(200)
                        .setHeader("Content-Type", "application/json")
                        .body(odd)
                        .build());
        assertThat(
                        ask("function provider.on_response(resp) log.info(resp.status) end", BODY)
                                .body())
                .isEqualTo(odd);
    }

    @Test
    void streamIsAnnouncedByItsHeadAndPassesAsItComes() {
        String events = "data: {\"x\":  1}\n\ndata: [DONE]\n\n";
        upstream.streams(events);
        Answered answered =
                ask(
                        "function provider.on_response(resp) resp.headers['x-whole'] = tostring(resp.body ~= nil) return resp end",
                        BODY);
        assertThat(answered.body()).isEqualTo(events);
        assertThat(answered.headers().find("x-whole")).contains("false");
    }

    @Test
    void answerCanBeRefused() {
        upstream.says("hello");
        assertThatThrownBy(() ->
                        ask(
                                "function provider.on_response(resp) return nil, 'I do not like it' end",
                                BODY))
                .isInstanceOf(ProviderException.Rejected.class)
                .hasMessage("foo: I do not like it");
    }
}
