package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Answer;
import hal0.providers.Auth;
import hal0.providers.Endpoints;
import hal0.providers.ModelClient;
import hal0.providers.ModelClient.Call;
import hal0.providers.ModelKnowledge;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.ScriptUse;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Row;
import hal0.relay.testing.RelayFixture.Setup;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A process that does not own the home asks through the one that does.
class AttachedModelClientTest {
    private static final Call CALL = new Call("ask", "s-1", new CancelToken());

    @TempDir private Path folder;
    private final RawUpstream upstream = new RawUpstream();
    private final List<String> inProcess = new ArrayList<>();
    private RelayFixture owner;
    private ModelClient client;

    @BeforeEach
    void start() {
        Provider up = RelayFixture.openAi(upstream).build();
        Provider here = Provider.builder("here", Protocol.OPENAI, URI.create("demo:///")).build();
        Provider gem = keyless("gem", Protocol.GEMINI, "/v1beta");
        Provider resp = keyless("resp", Protocol.RESPONSES, "/v1");
        owner = new RelayFixture(folder, Setup.of(up, gem, resp));
        RequestBuilder requests = new RequestBuilder(_ -> Optional.empty());
        client =
                new AttachedModelClient(
                        new Router(new Known(List.of(up, here, gem, resp))),
                        new ProviderClient(owner.transport(), requests, InstantSource.system()),
                        (request, _) -> {
                            inProcess.add(request.model());
                            throw new UnsupportedOperationException();
                        },
                        new AttachedModelClient.Owner(owner.relay().address(), "own-token"),
                        new Pricing(ModelKnowledge.NONE)::cost);
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
    void theOwnerPassesItOnAndMetersItUnderTheSameName() {
        upstream.then(turn ->
                turn.send(
                                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
                                        + "data: {\"choices\":[{\"delta\":{\"content\":\"hello\"}}]}\n\n"
                                        + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
                        .close());

        StringBuilder said = new StringBuilder();
        try (Answer answer = client.open(ChatRequest.of("up/m", List.of()), CALL)) {
            for (StreamEvent event = answer.next(); event != null; event = answer.next()) {
                if (event instanceof StreamEvent.TextDelta(var text)) {
                    said.append(text);
                }
            }
            assertThat(said).hasToString("hello");
            assertThat(answer.provider() + "/" + answer.model()).isEqualTo("up/m");

            Row row = owner.rows(1).getFirst();
            assertThat(row.requestId()).isEqualTo(answer.requestId());
            assertThat(row.client()).isEqualTo("ask");
            assertThat(row.requestedModel()).isEqualTo("up/m");
            assertThat(row.outcome()).isEqualTo("ANSWERED");
        }
        assertThat(upstream.takeAsked().head())
                .doesNotContain("own-token", "x-hal0-client", "x-hal0-session");
        assertThat(inProcess).isEmpty();
    }

    @Test
    void theOwnPathsAndTheScriptOfAProviderAreForTheOwnerOnly() {
        List<UpstreamRequest> sent = new ArrayList<>();
        Transport recording =
                new Transport() {
                    @Override
                    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
                        sent.add(request);
                        throw new ProviderException.Cancelled(
                                "seen", Failure.unanswered("up", "m"));
                    }

                    @Override
                    public void close() {}
                };
        Provider scripted =
                RelayFixture.openAi(upstream)
                        .endpoints(new Endpoints("/api/generate", "/api/tags", "/"))
                        .script(new ScriptUse("up", "", List.of(), true))
                        .build();
        ModelClient attached =
                new AttachedModelClient(
                        new Router(new Known(List.of(scripted))),
                        new ProviderClient(
                                recording,
                                new RequestBuilder(_ -> Optional.empty()),
                                InstantSource.system()),
                        (request, _) -> {
                            throw new UnsupportedOperationException(request.model());
                        },
                        new AttachedModelClient.Owner(owner.relay().address(), "own-token"),
                        new Pricing(ModelKnowledge.NONE)::cost);

        assertThatThrownBy(() -> attached.open(ChatRequest.of("up/m", List.of()), CALL))
                .isInstanceOf(ProviderException.Cancelled.class);

        assertThat(sent)
                .singleElement()
                .satisfies(request -> {
                    assertThat(request.uri().getPath()).isEqualTo("/v1/chat/completions");
                    assertThat(request.provider().script()).isNull();
                });
    }

    @Test
    void whatAnswersInsideAProcessIsAskedInThisOne() {
        assertThatThrownBy(() -> client.open(ChatRequest.of("here/m", List.of()), CALL))
                .isInstanceOf(UnsupportedOperationException.class);

        assertThat(inProcess).containsExactly("here/m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gem", "resp"})
    void everyProtocolGoesThroughTheOwner(String provider) {
        upstream.then(turn ->
                turn.send(
                                "HTTP/1.1 400 No\r\nContent-Type: application/json\r\nContent-Length: 37\r\n\r\n"
                                        + "{\"error\":{\"message\":\"that is wrong\"}}")
                        .close());

        assertThatThrownBy(() -> client.open(ChatRequest.of(provider + "/a/m", List.of()), CALL))
                .isInstanceOf(ProviderException.Rejected.class)
                .hasMessageContaining("that is wrong");

        assertThat(owner.rows(1).getFirst().requestedModel()).isEqualTo(provider + "/a/m");
        assertThat(inProcess).isEmpty();
    }

    @Test
    void aNameThatLeadsNowhereIsAnUnknownModel() {
        assertThatThrownBy(() -> client.open(ChatRequest.of("nobody-has-this", List.of()), CALL))
                .isInstanceOf(ProviderException.UnknownModel.class)
                .hasMessageContaining("nobody-has-this");
    }

    @Test
    void theOwnersTokenIsNotShown() {
        assertThat(new AttachedModelClient.Owner(URI.create("http://127.0.0.1:1"), "secret"))
                .hasToString("http://127.0.0.1:1");
    }

    private record Known(List<Provider> providers) implements Router.Lists {
        @Override
        public Snapshot snapshot() {
            return new Snapshot(
                    providers,
                    null,
                    null,
                    Map.of(),
                    Set.of("up", "here", "gem", "resp"),
                    Set.of("up", "here", "gem", "resp"),
                    Set.of());
        }

        @Override
        public void fetch(List<String> ids) {
            throw new AssertionError("nothing was to be fetched: " + ids);
        }
    }
}
