package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.providers.Answer;
import hal0.providers.ChatStream;
import hal0.providers.ModelClient.Call;
import hal0.providers.ModelKnowledge;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.client.KeyRing;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StopReason;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.StreamEvent.Done;
import hal0.providers.event.StreamEvent.TextDelta;
import hal0.providers.event.StreamEvent.UsageReport;
import hal0.providers.event.Usage;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.providers.price.Cost;
import hal0.providers.price.Price;
import hal0.relay.budget.Budget;
import hal0.relay.budget.BudgetSettings;
import hal0.relay.rescue.Breakers;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A chat in this process is rescued as a client of the relay is.
class RoutedRescueTest {
    private static final ProviderException CUT =
            new ProviderException.BadStream("cut", new Failure("p", "m", 200, null, null), null);
    private static final ProviderException BUSY =
            new ProviderException.Overloaded("busy", new Failure("p", "m", 503, null, null), null);
    private static final Done END = new Done(StopReason.END);

    private final RecordedRows rows = new RecordedRows();
    private final Breakers breakers = new Breakers();
    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<Target> asked = new ArrayList<>();

    @Test
    void whoeverAnswersIsNamed() {
        answers.add(BUSY);
        answers.add(List.of(new TextDelta("Hi"), END));

        try (Answer answer = open()) {
            assertThat(text(answer)).isEqualTo("Hi");
            assertThat(answer.provider()).isEqualTo("two");
        }

        assertThat(rows.rows().getFirst().attempts()).isEqualTo(2);
    }

    @Test
    void anAnswerThatBreaksOffGoesOnAndCostsWhatBothCost() {
        answers.add(List.of(new UsageReport(Usage.of(100, 2)), new TextDelta("One "), CUT));
        answers.add(List.of(new TextDelta("One two"), new UsageReport(Usage.of(100, 5)), END));

        try (Answer answer = open()) {
            List<StreamEvent> events = all(answer);
            assertThat(events)
                    .containsExactly(
                            new UsageReport(Usage.of(100, 2)),
                            new TextDelta("One "),
                            new TextDelta("two"),
                            new UsageReport(Usage.of(200, 7)),
                            END);
            assertThat(answer.provider()).isEqualTo("two");
            // 102 tokens at 1, and 105 at 2 USD for a million.
            assertThat(answer.cost(Usage.of(200, 7)))
                    .isInstanceOfSatisfying(
                            Cost.Usd.class,
                            usd ->
                                    assertThat(usd.amount())
                                            .isEqualByComparingTo(new BigDecimal("0.000312")));
        }

        LedgerRow row = rows.rows().getFirst();
        assertThat(row.outcome()).isEqualTo(Outcome.RESCUED);
        assertThat(row.provider()).isEqualTo("two");
        assertThat(row.inputTokens()).isEqualTo(200);
        assertThat(row.costUsd()).isEqualByComparingTo(new BigDecimal("0.000312"));
    }

    @Test
    void anAnswerThatBreaksOffBeforeItsFirstWordIsBegunElsewhereUnseen() {
        answers.add(List.of(new StreamEvent.Started("1", "m"), CUT));
        answers.add(List.of(new StreamEvent.Started("2", "m"), new TextDelta("Hi"), END));

        try (Answer answer = open()) {
            assertThat(all(answer))
                    .containsExactly(new StreamEvent.Started("2", "m"), new TextDelta("Hi"), END);
        }

        assertThat(rows.rows().getFirst().outcome()).isEqualTo(Outcome.ANSWERED);
    }

    @Test
    void theClocksOfTheRouteAreThoseOfTheCall() {
        answers.add(List.of(new TextDelta("Hi"), END));

        open().close();

        assertThat(asked.getFirst().provider().timeouts().firstToken())
                .isEqualTo(Duration.ofSeconds(7));
        assertThat(asked.getFirst().provider().timeouts().idle()).isEqualTo(Duration.ofSeconds(8));
        assertThat(asked.getFirst().provider().timeouts().connect())
                .isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whereEveryBreakerIsOpenNobodyIsAsked() {
        for (int i = 0; i < 5; i++) {
            breakers.failed("one/m", "it was gone");
            breakers.failed("two/m", "it was gone");
        }

        assertThatThrownBy(this::open)
                .isInstanceOf(ProviderException.Overloaded.class)
                .hasMessageContaining("one/m failed too often just now")
                .hasMessageContaining("it was gone");
        assertThat(asked).isEmpty();
        assertThat(rows.rows()).as("what was never asked costs nothing").isEmpty();
    }

    private Answer open() {
        Attempts attempts =
                new Attempts(
                        (_, _) -> {},
                        RandomGenerator.getDefault(),
                        new KeyRing(_ -> Optional.empty(), InstantSource.system()),
                        new Budget(
                                () -> BudgetSettings.NONE,
                                rows,
                                new Pricing(ModelKnowledge.NONE)::cost,
                                InstantSource.system(),
                                ZoneOffset.UTC),
                        breakers,
                        ModelKnowledge.NONE);
        RoutedModelClient client =
                new RoutedModelClient(
                        new Router(new Nowhere()),
                        attempts,
                        (target, _, _) -> opened(target),
                        rows.metering(),
                        InstantSource.system());
        Decision route =
                new Decision(
                        "smart",
                        List.of(target("one", "1"), target("two", "2")),
                        "route:smart",
                        new RescueRules(0, Duration.ofSeconds(7), Duration.ofSeconds(8), true),
                        List.of());
        return client.open(
                "req_1",
                System.nanoTime(),
                route,
                ChatRequest.of("smart", List.of()),
                new Call("ask", null, new CancelToken()));
    }

    private ChatStream opened(Target target) {
        asked.add(target);
        return switch (answers.removeFirst()) {
            case ProviderException failure -> throw failure;
            case List<?> events -> new Script(new ArrayDeque<>(events));
            case Object other -> throw new AssertionError(other);
        };
    }

    private static Target target(String id, String usdPerMillion) {
        BigDecimal price = new BigDecimal(usdPerMillion);
        return new Target(
                Provider.builder(id, Protocol.OPENAI, URI.create("http://127.0.0.1:1/v1"))
                        .price(new Price(price, price, null, null, null))
                        .build(),
                "m");
    }

    private static String text(Answer answer) {
        StringBuilder text = new StringBuilder();
        for (StreamEvent event : all(answer)) {
            if (event instanceof TextDelta(var piece)) {
                text.append(piece);
            }
        }
        return text.toString();
    }

    private static List<StreamEvent> all(ChatStream stream) {
        List<StreamEvent> events = new ArrayList<>();
        for (StreamEvent event = stream.next(); event != null; event = stream.next()) {
            events.add(event);
        }
        return events;
    }

    private record Script(Deque<Object> steps) implements ChatStream {
        @Override
        public @Nullable StreamEvent next() {
            return switch (steps.poll()) {
                case null -> null;
                case ProviderException failure -> throw failure;
                case StreamEvent event -> event;
                case Object other -> throw new AssertionError(other);
            };
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class Nowhere implements Router.Lists {
        @Override
        public Snapshot snapshot() {
            throw new AssertionError("the decision is made already");
        }

        @Override
        public void fetch(List<String> providers) {
            throw new AssertionError("nothing was to be fetched: " + providers);
        }
    }
}
