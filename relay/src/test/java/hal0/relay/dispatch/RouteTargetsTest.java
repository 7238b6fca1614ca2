package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.dispatch.Balance.Facts;
import hal0.relay.routing.NamedRoute;
import hal0.relay.routing.NamedRoute.Patience;
import hal0.relay.routing.Names;
import hal0.relay.routing.Strategy;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RouteTargetsTest {
    private static final List<Provider> PROVIDERS =
            List.of(provider("a"), provider("b"), provider("c"), provider("keyless"));

    private final Told told = new Told();

    @Test
    void withoutAStrategyTargetsAreTriedAsTheyAreWritten() {
        assertThat(order(Strategy.FALLBACK, "c/x", "a/x", "b/x"))
                .containsExactly("c/x", "a/x", "b/x");
    }

    @Test
    void theLeastBusyIsFirstAndEqualsStayAsTheyAreWritten() {
        told.inFlight.putAll(Map.of("a/x", 3, "b/x", 1));

        assertThat(order(Strategy.LEAST_BUSY, "a/x", "b/x", "c/x"))
                .containsExactly("c/x", "b/x", "a/x");
        told.inFlight.clear();
        assertThat(order(Strategy.LEAST_BUSY, "b/x", "a/x", "c/x"))
                .containsExactly("b/x", "a/x", "c/x");
    }

    @Test
    void theQuickestIsFirstAfterThoseThatNobodyHasTimedYet() {
        told.firstToken.put("a/x", Duration.ofMillis(900));
        told.firstToken.put("b/x", Duration.ofMillis(200));

        assertThat(order(Strategy.LATENCY, "a/x", "b/x", "c/x"))
                .containsExactly("c/x", "b/x", "a/x");
    }

    @Test
    void theCheapestIsFirstAndAnUnknownPriceLast() {
        told.price.put("b/x", new BigDecimal("18"));
        told.price.put("c/x", new BigDecimal("1.37"));

        assertThat(order(Strategy.COST, "a/x", "b/x", "c/x")).containsExactly("c/x", "b/x", "a/x");
    }

    @ParameterizedTest
    @EnumSource(Strategy.class)
    void whatCannotBeAskedNowComesLastWhateverTheStrategy(Strategy strategy) {
        told.open.add("a/x");
        told.price.put("a/x", BigDecimal.ZERO);
        told.price.put("keyless/x", BigDecimal.ZERO);

        List<String> order = order(strategy, "keyless/x", "a/x", "b/x", "c/x");

        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("b/x", "c/x");
        assertThat(order.subList(2, 4)).containsExactlyInAnyOrder("a/x", "keyless/x");
    }

    @Test
    void weightsDecideHowOftenATargetIsFirstAndTheNextIsDrawnFromTheRest() {
        NamedRoute route =
                route(
                        "r",
                        Strategy.WEIGHTED,
                        List.of(6.0, 3.0, 1.0, 0.0),
                        "a/x",
                        "b/x",
                        "c/x",
                        "a/y");
        Map<String, Integer> first = new HashMap<>();
        int secondAfterA = 0;
        Random draws = new Random(42);
        for (int i = 0; i < 20_000; i++) {
            List<String> order = order(snapshot(route), route, draws.nextLong());
            first.merge(order.getFirst(), 1, Integer::sum);
            assertThat(order.getLast()).isEqualTo("a/y");
            secondAfterA += order.getFirst().equals("a/x") && order.get(1).equals("b/x") ? 1 : 0;
        }

        assertThat(first.get("a/x")).isBetween(11_700, 12_300);
        assertThat(first.get("b/x")).isBetween(5_700, 6_300);
        assertThat(first.get("c/x")).isBetween(1_800, 2_200);
        assertThat(first).doesNotContainKey("a/y");
        // 3 of 4 once a is out
        assertThat(secondAfterA).isBetween(8_700, 9_300);
    }

    @Test
    void theSameDrawGivesTheSameOrder() {
        NamedRoute route =
                route("r", Strategy.WEIGHTED, List.of(1.0, 1.0, 1.0), "a/x", "b/x", "c/x");

        assertThat(order(snapshot(route), route, 7)).isEqualTo(order(snapshot(route), route, 7));
    }

    @Test
    void aTargetThatIsNotThereIsPassedOver() {
        assertThat(order(Strategy.FALLBACK, "gone/x", "b/x")).containsExactly("b/x");
        assertThat(order(Strategy.FALLBACK, "gone/x")).isEmpty();
    }

    @Test
    void aRouteInsideARouteStandsForItsTargetsInTheirOwnOrder() {
        told.price.put("b/x", new BigDecimal("5"));
        told.price.put("c/x", BigDecimal.ONE);
        NamedRoute cheap = route("cheap", Strategy.COST, List.of(), "b/x", "c/x");
        NamedRoute smart = route("smart", Strategy.FALLBACK, List.of(), "a/x", "cheap", "b/x");

        assertThat(order(snapshot(smart, cheap), smart, 0)).containsExactly("a/x", "c/x", "b/x");
    }

    @Test
    void routesThatLeadToEachOtherStillEnd() {
        NamedRoute one = route("one", Strategy.FALLBACK, List.of(), "two", "a/x");
        NamedRoute two = route("two", Strategy.FALLBACK, List.of(), "one", "b/x");

        assertThat(order(snapshot(one, two), one, 0)).containsExactly("b/x", "a/x");
    }

    @Test
    void aBareModelGoesToWhoListsIt() {
        assertThat(order(Strategy.FALLBACK, "listed", "a/x")).containsExactly("b/listed", "a/x");
    }

    private List<String> order(Strategy strategy, String... targets) {
        List<Double> weights =
                strategy == Strategy.WEIGHTED
                        ? List.of(targets).stream().map(_ -> 1.0).toList()
                        : List.of();
        NamedRoute route = route("r", strategy, weights, targets);
        return order(snapshot(route), route, 1);
    }

    private List<String> order(Snapshot snapshot, NamedRoute route, long draw) {
        return RouteTargets.of(route, snapshot, new Facts(told, draw)).stream()
                .map(Target::toString)
                .toList();
    }

    private static Snapshot snapshot(NamedRoute... routes) {
        return new Snapshot(
                PROVIDERS,
                null,
                null,
                Map.of("b", Set.of("listed")),
                Set.of(),
                Set.of("a", "b", "c"),
                Set.of(),
                new Names(List.of(routes), List.of(), Map.of(), Map.of(), true));
    }

    private static NamedRoute route(
            String model, Strategy strategy, List<Double> weights, String... targets) {
        return new NamedRoute(
                model,
                List.of(targets),
                strategy,
                weights,
                new Patience(null, null, null, true),
                List.of(),
                "route[0]",
                1);
    }

    private static Provider provider(String id) {
        return Provider.builder(id, Protocol.OPENAI, URI.create("http://127.0.0.1:1/v1"))
                .auth(new Auth.None())
                .build();
    }

    private static final class Told implements TargetFacts {
        private final Map<String, Integer> inFlight = new HashMap<>();
        private final Map<String, Duration> firstToken = new HashMap<>();
        private final Map<String, BigDecimal> price = new HashMap<>();
        private final Set<String> open = new HashSet<>();

        @Override
        public int inFlight(Target target) {
            return inFlight.getOrDefault(target.toString(), 0);
        }

        @Override
        public Optional<Duration> findFirstToken(Target target) {
            return Optional.ofNullable(firstToken.get(target.toString()));
        }

        @Override
        public Optional<BigDecimal> findPrice(Target target) {
            return Optional.ofNullable(price.get(target.toString()));
        }

        @Override
        public boolean isOpen(Target target) {
            return open.contains(target.toString());
        }
    }
}
