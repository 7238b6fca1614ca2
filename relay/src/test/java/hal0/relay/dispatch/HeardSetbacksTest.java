package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hal0.providers.Answer;
import hal0.providers.Auth;
import hal0.providers.ModelClient;
import hal0.providers.ModelClient.Call;
import hal0.providers.ModelKnowledge;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Setback;
import hal0.providers.event.StreamEvent;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.providers.prelude.Prelude;
import hal0.relay.testing.OpenAiStream;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client of the owner hears of an answer that is still being sought, and that nobody else
/// notices it.
class HeardSetbacksTest {
    private static final String BUSY =
            "{\"error\":{\"message\":\"too busy\",\n \"code\":\"busy\"}}";
    private static final String STREAM =
            "{\"model\":\"up/m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String HEARS = Prelude.HEADER + ": 1";

    @TempDir private Path folder;
    private final RawUpstream upstream = new RawUpstream();
    private final List<Setback> heard = new ArrayList<>();
    private List<Provider> providers = List.of();
    private RelayFixture owner;

    @BeforeEach
    void start() {
        providers =
                List.of(
                        RelayFixture.openAi(upstream).build(),
                        RelayFixture.anthropic(upstream).build(),
                        keyless("gem", Protocol.GEMINI, "/v1beta"),
                        keyless("resp", Protocol.RESPONSES, "/v1"));
        owner = new RelayFixture(folder, Setup.of(providers.toArray(Provider[]::new)));
    }

    private Provider keyless(String id, Protocol protocol, String path) {
        return Provider.builder(id, protocol, upstream.url(path)).auth(new Auth.None()).build();
    }

    @AfterEach
    void stop() {
        owner.close();
        upstream.close();
    }

    @Test
    void eachTryThatCameToNothingIsHeardBeforeTheNextOneIsOver() {
        CountDownLatch told = new CountDownLatch(1);
        upstream.then(OpenAiStream.status(503, BUSY, "Retry-After: 3"))
                .then(turn -> {
                    told.await();
                    OpenAiStream.status(429, BUSY).answer(turn);
                })
                .then(OpenAiStream.saying("hel", "lo"));

        String said =
                said(
                        open(
                                "up/m",
                                true,
                                setback -> {
                                    heard.add(setback);
                                    told.countDown();
                                }));

        assertThat(said).isEqualTo("hello");
        assertThat(heard).extracting(Setback::what).containsExactly("503 from up", "429 from up");
        assertThat(heard.getFirst().line()).isEqualTo("503 from up: again in 3 s (2 of 3)");
    }

    @ParameterizedTest
    @CsvSource({
        "up, 503",
        "up, 429",
        "up, 400",
        "claude, 529",
        "claude, 401",
        "gem, 503",
        "resp, 500"
    })
    void aFailureInTheEndIsTheSameAsForOneThatHearsNothing(String provider, int status) {
        upstream.always(OpenAiStream.status(status, BUSY, "Retry-After: 2"));

        ProviderException deaf = failure(provider + "/m", false);
        ProviderException hearing = failure(provider + "/m", true);

        assertThat(hearing).isExactlyInstanceOf(deaf.getClass()).hasMessage(deaf.getMessage());
        assertThat(hearing.retry()).isEqualTo(deaf.retry());
        assertThat(hearing.failure().status()).isEqualTo(deaf.failure().status());
        assertThat(hearing.failure().excerpt()).isEqualTo(deaf.failure().excerpt());
        assertThat(heard.isEmpty()).isEqualTo(status == 400 || status == 401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"up", "claude", "gem", "resp"})
    void soIsOneOfARelayThatReachesNobody(String provider) {
        upstream.close();

        ProviderException deaf = failure(provider + "/m", false);
        ProviderException hearing = failure(provider + "/m", true);

        assertThat(hearing).isExactlyInstanceOf(deaf.getClass()).hasMessage(deaf.getMessage());
        assertThat(hearing.failure().status()).isEqualTo(deaf.failure().status());
        assertThat(heard)
                .isNotEmpty()
                .allSatisfy(setback ->
                        assertThat(setback.what()).isEqualTo("no connection to " + provider));
    }

    @Test
    void whoDoesNotAskGetsTheAnswerByteForByteAsEver() {
        upstream.then(OpenAiStream.status(503, BUSY)).then(OpenAiStream.saying("hello"));

        RawClient.Answer answer = owner.chat(STREAM);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo(
                        OpenAiStream.ROLE
                                + OpenAiStream.words("hello")
                                + OpenAiStream.STOP
                                + OpenAiStream.DONE);
        assertThat(answer.header(Prelude.HEADER)).isEmpty();
        assertThat(answer.header("x-hal0-attempts")).contains("2");
    }

    @Test
    void anAnswerAtTheFirstTryIsTheSameForWhoAsks() {
        upstream.always(OpenAiStream.saying("hello"));

        RawClient.Answer deaf = owner.chat(STREAM);
        RawClient.Answer hearing = owner.chat(STREAM, HEARS);

        assertThat(hearing.text()).isEqualTo(deaf.text());
        assertThat(names(hearing)).isEqualTo(names(deaf));
    }

    @Test
    void aStreamThatHeardOfTriesIsStillOneThatAnyReaderUnderstands() {
        upstream.then(OpenAiStream.status(503, BUSY)).then(OpenAiStream.saying("hello"));

        RawClient.Answer answer = owner.chat(STREAM, HEARS);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).contains("text/event-stream");
        assertThat(answer.text())
                .startsWith(": hal0 setback {\"kind\":\"overloaded\",\"status\":503,")
                .contains(": hal0 head {\"status\":200,");
        OpenAiStream.Read read = OpenAiStream.read(answer);
        assertThat(read.text()).isEqualTo("hello");
        assertThat(read.done()).isTrue();
    }

    @Test
    void whatIsNotStreamedHasNoRoomForIt() {
        upstream.then(OpenAiStream.status(503, BUSY)).then(OpenAiStream.whole("hello"));

        RawClient.Answer answer = owner.chat(STREAM.replace("true", "false"), HEARS);

        assertThat(OpenAiStream.text(answer)).isEqualTo("hello");
        assertThat(answer.text()).doesNotContain("hal0 setback");
    }

    private static List<String> names(RawClient.Answer answer) {
        return answer.headers().stream().map(line -> line.replaceAll(":.*", "")).toList();
    }

    private ProviderException failure(String model, boolean hears) {
        return catchThrowableOfType(
                ProviderException.class, () -> said(open(model, hears, heard::add)));
    }

    private static String said(Answer answer) {
        StringBuilder said = new StringBuilder();
        try (answer) {
            for (StreamEvent event = answer.next(); event != null; event = answer.next()) {
                if (event instanceof StreamEvent.TextDelta(var text)) {
                    said.append(text);
                }
            }
        }
        return said.toString();
    }

    private Answer open(String model, boolean hears, Consumer<Setback> setbacks) {
        ModelClient client =
                new AttachedModelClient(
                        new Router(new Known(providers)),
                        new ProviderClient(
                                hears ? owner.transport() : new Deaf(owner.transport()),
                                new RequestBuilder(_ -> Optional.empty()),
                                InstantSource.system()),
                        (request, _) -> {
                            throw new UnsupportedOperationException(request.model());
                        },
                        new AttachedModelClient.Owner(owner.relay().address(), "own-token"),
                        new Pricing(ModelKnowledge.NONE)::cost);
        return client.open(
                ChatRequest.of(model, List.of()),
                new Call("tui", "s-1", ModelClient.Turn.ALONE, new CancelToken(), setbacks));
    }

    /// A client of before.
    private record Deaf(Transport transport) implements Transport {
        @Override
        public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
            Headers.Builder headers = Headers.builder();
            request.headers()
                    .forEach((name, value) -> {
                        if (!name.equals(Prelude.HEADER)) {
                            headers.add(name, value);
                        }
                    });
            UpstreamRequest less =
                    new UpstreamRequest(
                            request.provider(),
                            request.model(),
                            request.method(),
                            request.uri(),
                            headers.build(),
                            request.body(),
                            request.streamed());
            return transport.send(less, cancel);
        }

        @Override
        public void close() {
            transport.close();
        }
    }

    private record Known(List<Provider> providers) implements Router.Lists {
        private static final Set<String> ALL = Set.of("up", "claude", "gem", "resp");

        @Override
        public Snapshot snapshot() {
            return new Snapshot(providers, null, null, Map.of(), ALL, ALL, Set.of());
        }

        @Override
        public void fetch(List<String> ids) {
            throw new AssertionError("nothing was to be fetched: " + ids);
        }
    }
}
