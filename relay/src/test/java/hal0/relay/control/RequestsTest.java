package hal0.relay.control;

import static hal0.relay.testing.OpenAiStream.saying;
import static hal0.relay.testing.OpenAiStream.status;
import static hal0.relay.testing.OpenAiStream.whole;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.ledger.Outcome;
import hal0.home.ledger.Tally;
import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.client.RequestBuilder;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import hal0.relay.budget.BudgetSettings;
import hal0.relay.dispatch.RescueRules;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Requests as who looks at the relay sees them, in this process and over HTTP alike.
class RequestsTest {
    private static final RescueRules RULES =
            new RescueRules(0, Duration.ofSeconds(5), Duration.ofSeconds(5), false);

    @TempDir private Path folder;
    private final RawUpstream first = new RawUpstream();
    private final RawUpstream second = new RawUpstream();
    private RelayFixture relay;

    @BeforeEach
    void start() {
        Provider one = provider("one", first);
        relay = new RelayFixture(folder, Setup.of(one));
        relay.route("smart", RULES, one, provider("two", second));
    }

    @AfterEach
    void stop() {
        relay.close();
        first.close();
        second.close();
    }

    private static Provider provider(String id, RawUpstream upstream) {
        ModelInfo model =
                new ModelInfo("m", null, null, null, null, null, null, null, Price.of("1", "2.5"));
        return Provider.builder(id, Protocol.OPENAI, upstream.url("/v1"))
                .auth(new Auth.None())
                .models(List.of(model))
                .injectUsage(false)
                .retries(0)
                .build();
    }

    private Requests of(ControlPlaneTest.Kind kind) {
        return switch (kind) {
            case LOCAL -> relay.control().requests();
            case HTTP ->
                    new HttpControl(
                                    relay.transport(),
                                    new RequestBuilder(_ -> Optional.empty()),
                                    relay.relay().address(),
                                    "own-token",
                                    relay.configuration())
                            .requests();
        };
    }

    @ParameterizedTest
    @EnumSource
    void aRescuedRequestTellsItsRouteAndEachTry(ControlPlaneTest.Kind kind) {
        first.then(status(503, "{\"error\":{\"message\":\"busy today\"}}"));
        second.then(saying("Hello"));
        relay.chat("{\"model\":\"smart\",\"stream\":true}", "X-Request-ID: abc");
        var _ = relay.rows(1);

        List<RequestInfo> latest = of(kind).latest(10);

        assertThat(latest).hasSize(1);
        RequestInfo seen = latest.getFirst();
        assertThat(seen.id()).isEqualTo("abc");
        assertThat(seen.requested()).isEqualTo("smart");
        assertThat(seen.route()).isEqualTo("route:smart");
        assertThat(seen.target()).startsWith("two/");
        assertThat(seen.targets()).hasSize(2);
        assertThat(seen.tries()).hasSize(2);
        assertThat(seen.tries().getFirst().error()).contains("busy today");
        assertThat(seen.tries().getLast().error()).isNull();
        assertThat(seen.tries().getLast().firstTokenMs()).isNotNegative();
        assertThat(seen.headUs()).isPositive();
        assertThat(seen.isUnderWay()).isFalse();
        assertThat(seen.row()).isNotNull();
        assertThat(seen.row().outcome()).isEqualTo(Outcome.ANSWERED);
        assertThat(of(kind).find("abc")).contains(seen);
        assertThat(of(kind).find("nobody")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aRequestUnderWayComesFirstAndSaysWhoIsAsked(ControlPlaneTest.Kind kind) throws Exception {
        first.then(whole("done"));
        relay.chat("{\"model\":\"one/m\"}");
        CountDownLatch answer = new CountDownLatch(1);
        first.then(turn -> {
            answer.await();
            whole("late").answer(turn);
        });
        Thread asking = Thread.ofVirtual().start(() -> relay.chat("{\"model\":\"one/m\"}"));
        var _ = first.takeAsked();
        var _ = first.takeAsked();

        List<RequestInfo> latest = of(kind).latest(10);

        assertThat(latest).hasSize(2);
        assertThat(latest.getFirst().isUnderWay()).isTrue();
        assertThat(latest.getFirst().target()).isEqualTo("one/m");
        assertThat(latest.getLast().isUnderWay()).isFalse();
        answer.countDown();
        asking.join();
        var _ = relay.rows(2);
        assertThat(of(kind).latest(10)).noneMatch(RequestInfo::isUnderWay);
        assertThat(of(kind).latest(1)).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void aNameThatLeadsNowhereIsSeenToo(ControlPlaneTest.Kind kind) {
        relay.chat("{\"model\":\"none/such\"}");

        RequestInfo seen = of(kind).latest(10).getFirst();

        assertThat(seen.target()).isEmpty();
        assertThat(seen.row()).isNotNull();
        assertThat(seen.row().errorKind()).isEqualTo("unknown_model");
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIsAddedUpByModel(ControlPlaneTest.Kind kind) {
        first.then(whole("a")).then(whole("b"));
        relay.chat("{\"model\":\"one/m\"}", "x-hal0-session: mine");
        relay.chat("{\"model\":\"one/m\"}", "x-hal0-session: other");
        var _ = relay.rows(2);

        List<Tally> spent = of(kind).ofSession("mine");

        assertThat(spent).hasSize(1);
        assertThat(spent.getFirst().name()).isEqualTo("one/m");
        assertThat(spent.getFirst().requests()).isEqualTo(1);
        assertThat(spent.getFirst().outputTokens()).isEqualTo(7);
    }

    @ParameterizedTest
    @EnumSource
    void pricesAndLimitsAreTold(ControlPlaneTest.Kind kind) {
        relay.budget(new BudgetSettings(BigDecimal.ZERO, BigDecimal.ZERO, new BigDecimal("2.5")));

        Price price = of(kind).price("one", "m");

        assertThat(price.input()).isEqualByComparingTo("1");
        assertThat(price.output()).isEqualByComparingTo("2.5");
        assertThat(price.cachedInput()).as("billed as input").isEqualByComparingTo("1");
        assertThat(of(kind).price("nobody", "m")).isEqualTo(Price.UNKNOWN);
        assertThat(of(kind).budget().day()).isEqualByComparingTo("2.5");
        assertThat(of(kind).budget().turn()).isEqualByComparingTo("0");
    }

    @Test
    void whoListensIsToldOfTheBeginningAndTheEnd() {
        first.then(whole("a")).then(whole("b"));
        AtomicInteger beats = new AtomicInteger();
        Requests.Listening listening =
                of(ControlPlaneTest.Kind.LOCAL).onChange(beats::incrementAndGet);
        relay.chat("{\"model\":\"one/m\"}");
        var _ = relay.rows(1);
        assertThat(beats).hasValue(2);

        listening.close();
        relay.chat("{\"model\":\"one/m\"}");
        var _ = relay.rows(2);

        assertThat(beats).hasValue(2);
    }
}
