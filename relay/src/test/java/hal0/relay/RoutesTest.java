package hal0.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.loop.Instance;
import hal0.relay.routing.NamedRoute;
import hal0.relay.routing.NamedRoute.Patience;
import hal0.relay.routing.Names;
import hal0.relay.routing.Strategy;
import hal0.relay.testing.LogLines;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Names of the user's own over real sockets, and relays that lead to each other.
class RoutesTest {
    private static final String ASK = "{\"model\":\"smart\",\"messages\":[]}";

    @TempDir private Path folder;
    private final RawUpstream first = new RawUpstream();
    private final RawUpstream second = new RawUpstream();
    private RelayFixture relay;

    @BeforeEach
    void start() {
        relay = new RelayFixture(folder, Setup.of(provider("one", first), provider("two", second)));
        relay.name(names(Strategy.FALLBACK, "one/m", "two/n"));
    }

    @AfterEach
    void stop() {
        relay.close();
        first.close();
        second.close();
    }

    @Test
    void aRouteIsAskedForByItsNameAndItsAlias() {
        first.always(turn -> turn.send(answer("m")));

        RawClient.Answer answer = relay.chat(ASK);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-hal0-provider")).contains("one");
        assertThat(answer.header("x-hal0-model")).contains("m");
        assertThat(answer.header("x-hal0-route")).contains("route:smart");
        assertThat(first.takeAsked().text()).contains("\"model\":\"m\"");
        assertThat(relay.chat(ASK.replace("smart", "clever")).header("x-hal0-route"))
                .contains("route:smart");
    }

    @Test
    void theNextTargetAnswersWhereTheFirstHasNoSuchModel() {
        first.always(turn ->
                turn.send(
                        "HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 2\r\n\r\n{}"));
        second.always(turn -> turn.send(answer("n")));

        RawClient.Answer answer = relay.chat(ASK);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("x-hal0-provider")).contains("two");
        assertThat(answer.header("x-hal0-attempts")).contains("2");
    }

    @Test
    void aRouteWhoseTargetsAreAllGoneSaysSo() {
        relay.name(names(Strategy.FALLBACK, "gone/m"));

        RawClient.Answer answer = relay.chat(ASK);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text()).contains("dispatch.no_target", "gone/m", "hal0 doctor");
    }

    @Test
    void anOpenStreamGoesOnWhenItsProviderIsTakenOut() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        String event = "data: {\"choices\":[{\"delta\":{\"content\":\"%s\"}}]}\n\n";
        first.always(turn -> {
            turn.send(
                            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                                    + "Transfer-Encoding: chunked\r\n\r\n")
                    .chunk(event.formatted("before"));
            changed.await();
            turn.chunk(event.formatted("after")).chunk("data: [DONE]\n\n").send("0\r\n\r\n");
        });
        try (RawClient client = new RawClient(relay.port())) {
            client.send(
                    RawClient.post(
                            "/v1/chat/completions",
                            "{\"model\":\"one/m\",\"stream\":true,\"messages\":[]}"));
            client.awaitText("before");

            relay.declare(provider("two", second));
            relay.name(Names.NONE);
            changed.countDown();

            client.awaitText("after").awaitText("[DONE]");
        }
        assertThat(relay.rows(1).getFirst().outcome()).isEqualToIgnoringCase("answered");
        assertThat(relay.chat("{\"model\":\"smart\",\"messages\":[]}").status()).isEqualTo(404);
    }

    @Test
    void aProviderThatLeadsBackIsRefusedAndThenLeftOut() {
        URI own = URI.create("http://localhost:" + relay.port() + "/v1");
        relay.declare(
                Provider.builder("me", Protocol.OPENAI, own)
                        .auth(new Auth.None())
                        .retries(0)
                        .build());
        try (LogLines log = new LogLines(Instance.class)) {
            RawClient.Answer loop = relay.chat("{\"model\":\"me/m\",\"messages\":[]}");

            assertThat(loop.status()).isEqualTo(508);
            assertThat(relay.chat("{\"model\":\"me/m\",\"messages\":[]}").status()).isEqualTo(404);
            assertThat(log.lines()).singleElement().asString().contains("me", "leads back");
        }
    }

    @Test
    void twoRelaysThatLeadToEachOtherEndInAnErrorAndNotInACircle(@TempDir Path other) {
        try (RelayFixture there = new RelayFixture(other, Setup.of())) {
            there.declare(to("here", relay.port(), "there/m"));
            relay.declare(to("there", there.port(), "here/there/m", "m"));

            RawClient.Answer answer =
                    relay.chat("{\"model\":\"there/here/there/m\",\"messages\":[]}");

            assertThat(answer.status()).isEqualTo(508);
            assertThat(answer.text()).contains("dispatch.loop");
            assertThat(relay.traffic().requests()).isLessThan(4);
        }
    }

    @Test
    void aRelayBehindARelayAnswers(@TempDir Path other) {
        first.always(turn -> turn.send(answer("m")));
        try (RelayFixture front =
                new RelayFixture(other, Setup.of(to("back", relay.port(), "smart")))) {
            RawClient.Answer answer = front.chat("{\"model\":\"back/smart\",\"messages\":[]}");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("\"model\":\"m\"");
        }
        // Both relays stand in the mark that the provider sees.
        assertThat(first.asked().getLast().headers())
                .anyMatch(
                        header -> header.matches("(?i)x-hal0-instance: \\w+\\.\\w+, \\w+\\.\\w+"));
    }

    private static Provider to(String id, int port, String... models) {
        return Provider.builder(id, Protocol.OPENAI, URI.create("http://localhost:" + port + "/v1"))
                .auth(new Auth.None())
                .models(List.of(models).stream().map(ModelInfo::of).toList())
                .retries(0)
                .build();
    }

    private static Provider provider(String id, RawUpstream upstream) {
        return Provider.builder(id, Protocol.OPENAI, upstream.url("/v1"))
                .auth(new Auth.None())
                .injectUsage(false)
                .retries(0)
                .build();
    }

    private static Names names(Strategy strategy, String... targets) {
        NamedRoute route =
                new NamedRoute(
                        "smart",
                        List.of(targets),
                        strategy,
                        List.of(),
                        new Patience(0, null, null, false),
                        List.of("clever"),
                        "route[0]",
                        1);
        return new Names(List.of(route), List.of(), Map.of(), Map.of(), true);
    }

    private static byte[] answer(String model) {
        String body =
                "{\"id\":\"x\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"%s\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"hi\"},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1,\"total_tokens\":2}}"
                        .formatted(model);
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body)
                .getBytes(UTF_8);
    }
}
