package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.providers.Answer;
import hal0.providers.ChatStream;
import hal0.providers.ModelClient;
import hal0.providers.ModelClient.Call;
import hal0.providers.ModelKnowledge;
import hal0.providers.Pricing;
import hal0.providers.Provider;
import hal0.providers.client.KeyRing;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.error.Setback;
import hal0.providers.event.StreamEvent;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.relay.budget.Budget;
import hal0.relay.budget.BudgetSettings;
import hal0.relay.rescue.Breakers;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the ledger says of requests of this process.
class RoutedModelClientTest {
    private final RecordedRows rows = new RecordedRows();

    @Test
    void theProvidersTimeIsNotTheRelays() {
        try (Answer answer =
                open(() -> {
                    Clocks.pass(Duration.ofMillis(200));
                    return new Empty();
                })) {
            // What follows the head is the provider's time too.
            Clocks.pass(Duration.ofMillis(200));
            assertThat(answer.provider()).isEqualTo("p");
        }

        LedgerRow row = rows.rows().getFirst();
        assertThat(row.latencyMs()).isGreaterThanOrEqualTo(400);
        assertThat(row.overheadUs()).isLessThan(150_000);
    }

    @Test
    void anAnswerThatCannotBeClosedHasItsRow() {
        Answer answer = open(Broken::new);

        assertThatThrownBy(answer::close).hasMessage("close");

        assertThat(rows.rows()).hasSize(1);
        assertThat(rows.rows().getFirst().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void aFaultOfOursIsNoCancel() {
        Answer answer = open(Broken::new);

        assertThatThrownBy(answer::next).hasMessage("next");
        assertThatThrownBy(answer::close).hasMessage("close");

        assertThat(rows.rows()).hasSize(1);
        assertThat(rows.rows().getFirst().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(rows.rows().getFirst().errorKind()).isEqualTo("internal");
    }

    @Test
    void whoWaitsIsToldWhatKeepsTheAnswerAway() {
        List<Setback> told = new ArrayList<>();
        Iterator<ProviderException> failures =
                List.<ProviderException>of(
                                new ProviderException.RateLimited(
                                        "slow down",
                                        new Failure("p", "m", 429, null, null),
                                        Duration.ofSeconds(7)))
                        .iterator();
        try (Answer _ =
                open(
                        () -> {
                            if (failures.hasNext()) {
                                throw failures.next();
                            }
                            return new Empty();
                        },
                        told::add)) {
            assertThat(told)
                    .extracting(Setback::line)
                    .containsExactly("429 from p: again in 7 s (2 of 3)");
        }
    }

    private interface Opening {
        ChatStream open();
    }

    private Answer open(Opening opening) {
        return open(opening, _ -> {});
    }

    private Answer open(Opening opening, Consumer<Setback> setbacks) {
        return new RoutedModelClient(
                        new Router(new OneProvider()),
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
                                new Breakers(),
                                ModelKnowledge.NONE),
                        (_, _, _) -> opening.open(),
                        rows.metering(),
                        InstantSource.system())
                .open(
                        ChatRequest.of("p/m", List.of()),
                        new Call("ask", null, ModelClient.Turn.ALONE, new CancelToken(), setbacks));
    }

    private static final class Empty implements ChatStream {
        @Override
        public @Nullable StreamEvent next() {
            return null;
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }

    private static final class Broken implements ChatStream {
        @Override
        public @Nullable StreamEvent next() {
            throw new IllegalStateException("next");
        }

        @Override
        public void close() {
            throw new IllegalStateException("close");
        }
    }

    private static final class OneProvider implements Router.Lists {
        @Override
        public Snapshot snapshot() {
            Provider provider =
                    Provider.builder("p", Protocol.OPENAI, URI.create("http://127.0.0.1:1/v1"))
                            .build();
            return new Snapshot(
                    List.of(provider), null, null, Map.of(), Set.of("p"), Set.of("p"), Set.of());
        }

        @Override
        public void fetch(List<String> providers) {
            throw new AssertionError("nothing was to be fetched: " + providers);
        }
    }
}
