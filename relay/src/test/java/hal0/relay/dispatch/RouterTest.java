package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.error.RelayException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouterTest {
    private final Logger logger = Logger.getLogger("hal0.relay.dispatch");
    private final List<String> lines = new ArrayList<>();
    private final Handler recorder =
            new Handler() {
                @Override
                public void publish(LogRecord line) {
                    lines.add(line.getMessage());
                }

                @Override
                public void flush() {}

                @Override
                public void close() {}
            };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.addHandler(recorder);
        logger.setUseParentHandlers(false);
    }

    @AfterEach
    void stopListening() {
        logger.removeHandler(recorder);
        logger.setUseParentHandlers(true);
        logger.setLevel(null);
    }

    @Test
    void aDecisionIsOneLine() {
        Decision decision = new Router(new Known()).decide("req_1", "p/m");

        assertThat(decision.target()).hasToString("p/m");
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .matches(
                        "dispatch\\.decision \\{\"request_id\":\"req_1\",\"model\":\"p/m\","
                                + "\"resolution_path\":\"prefix:p\",\"target\":\"p/m\","
                                + "\"cache_state\":\"warm\",\"tried\":\\[],\"latency_ms\":[0-9.E-]+}");
    }

    @Test
    void aNameCannotLeaveItsPlaceInTheLine() {
        new Router(new Known()).decide("req_1", "p/a\",\"x\":\"\n{evil}");

        assertThat(lines.getFirst())
                .contains("\"model\":\"p/a\\\",\\\"x\\\":\\\"\\n{evil}\"")
                .doesNotContain("\n");
    }

    @Test
    void unknownListsAreFetchedOnceAndTheLineSaysSo() {
        Learning lists = new Learning("late");

        Decision decision = new Router(lists).decide("req_1", "late");

        assertThat(decision.path()).isEqualTo("passthrough-prefetched:p");
        assertThat(lists.fetched).containsExactly(List.of("p"));
        assertThat(lines.getFirst()).contains("\"cache_state\":\"cold\",\"tried\":[\"p\"]");
    }

    @Test
    void aNameThatNobodyHasIsA404ThatNamesTheNearest() {
        assertThatThrownBy(() -> new Router(new Learning("latest")).decide("req_1", "late"))
                .isInstanceOfSatisfying(
                        RelayException.class,
                        e -> {
                            assertThat(e.status()).isEqualTo(404);
                            assertThat(e.code()).isEqualTo("dispatch.no_route");
                            assertThat(e.parameter()).isEqualTo("model");
                        })
                .hasMessageContaining("\"late\"")
                .hasMessageContaining("p/latest");
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .contains("\"request_id\":\"req_1\",\"model\":\"late\"")
                .contains("\"resolution_path\":\"none\",\"target\":\"\"")
                .contains("\"tried\":[\"p\"]");
    }

    @Test
    void aNameThatNobodyHasTellsWhoCouldNotBeAsked() {
        Known unreachable =
                new Known() {
                    private boolean asked;

                    @Override
                    public Snapshot snapshot() {
                        return snapshot(Map.of(), asked ? Set.of("p") : Set.of());
                    }

                    @Override
                    public void fetch(List<String> providers) {
                        asked = true;
                    }
                };

        assertThatThrownBy(() -> new Router(unreachable).decide("req_1", "late"))
                .hasMessageContaining("p could not be asked")
                .hasMessageContaining("hal0 providers test p");
    }

    @Test
    void anOldListIsRenewedBeforeANameIsRefused() {
        Aging lists = new Aging();

        Decision decision = new Router(lists).decide("req_1", "late");

        assertThat(decision.target()).hasToString("p/late");
        assertThat(new Router(lists).decide("req_2", "late").target()).hasToString("p/late");
        assertThat(lists.renewals).isEqualTo(1);
    }

    @Test
    void aLongNameIsCutInWhatIsSaid() {
        String name = "x".repeat(40_000);

        assertThatThrownBy(() -> new Router(new Learning("latest")).decide("req_1", name))
                .hasMessageContaining("PROVIDER/MODEL")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
        new Router(new Known()).decide("req_2", "p/" + name);
        assertThat(lines.getLast()).contains("req_2").hasSizeLessThan(1000);
    }

    @Test
    void noNameAndNothingActiveIsA400ThatSaysWhatToDo() {
        assertThatThrownBy(() -> new Router(new Known()).decide("req_1", ""))
                .isInstanceOfSatisfying(
                        RelayException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining("[active]");
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).contains("\"resolution_path\":\"none\"");
    }

    private static final Provider PROVIDER =
            Provider.builder("p", Protocol.OPENAI, URI.create("http://127.0.0.1:1/v1"))
                    .auth(new Auth.None())
                    .build();

    /// Nothing to fetch.
    private static class Known implements Router.Lists {
        @Override
        public Snapshot snapshot() {
            return snapshot(Map.of(), Set.of("p"));
        }

        static Snapshot snapshot(Map<String, Set<String>> listed, Set<String> unlisted) {
            return new Snapshot(
                    List.of(PROVIDER), null, null, listed, unlisted, Set.of("p"), Set.of());
        }

        @Override
        public void fetch(List<String> providers) {
            throw new AssertionError("nothing was to be fetched: " + providers);
        }
    }

    /// Its list is known once it was fetched.
    private static final class Learning extends Known {
        private final String model;
        private final List<List<String>> fetched = new ArrayList<>();

        Learning(String model) {
            this.model = model;
        }

        @Override
        public Snapshot snapshot() {
            return fetched.isEmpty()
                    ? snapshot(Map.of(), Set.of())
                    : snapshot(Map.of("p", Set.of(model)), Set.of());
        }

        @Override
        public void fetch(List<String> providers) {
            fetched.add(providers);
        }
    }

    /// Its list is old and knows one model less than there is.
    private static final class Aging extends Known {
        private int renewals;

        @Override
        public Snapshot snapshot() {
            Set<String> models = renewals == 0 ? Set.of("early") : Set.of("early", "late");
            return snapshot(Map.of("p", models), Set.of());
        }

        @Override
        public boolean renew() {
            renewals++;
            return true;
        }
    }
}
