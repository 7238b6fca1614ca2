package hal0.relay.dispatch;

import hal0.relay.routing.Strategy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// Puts the targets of a route in the order in which they are tried. A pure function: the same
/// facts and draw, the same order.
///
/// **Shape** equal targets stay as they are written. Whatever the strategy, a target that cannot be
/// asked now (no key, breaker open) comes after all that can. One whose speed is not known is tried
/// before the known ones, or it would never become known; one whose price is not known comes last.
final class Balance {

    /// Targets that stand together: one, or those of a route inside the route.
    record Share(List<Target> targets, double weight) {
        Share {
            targets = List.copyOf(targets);
        }

        Target first() {
            return targets.getFirst();
        }
    }

    /// What is known at this moment; `draw` decides what is left to chance.
    record Facts(TargetFacts targets, long draw) {
        static final Facts NONE = new Facts(TargetFacts.NONE, 0);
    }

    /// A share with the number that decides its place, read once: facts change while one sorts.
    private record Ranked<K>(Share share, K rank) {}

    private Balance() {}

    static List<Share> ordered(Strategy strategy, List<Share> shares, Facts facts) {
        return switch (strategy) {
            case FALLBACK -> shares;
            case WEIGHTED -> weighted(shares, new SplittableRandom(facts.draw()));
            case LEAST_BUSY -> {
                List<Ranked<Integer>> ranked = new ArrayList<>();
                shares.forEach(s -> ranked.add(new Ranked<>(s, busy(s, facts))));
                yield sorted(ranked, Comparator.naturalOrder());
            }
            case LATENCY -> {
                List<Ranked<Duration>> ranked = new ArrayList<>();
                shares.forEach(s -> ranked.add(new Ranked<>(s, pace(s, facts))));
                yield sorted(ranked, Comparator.naturalOrder());
            }
            case COST -> cheapest(shares, facts);
        };
    }

    private static int busy(Share share, Facts facts) {
        return facts.targets().inFlight(share.first());
    }

    private static Duration pace(Share share, Facts facts) {
        return facts.targets().findFirstToken(share.first()).orElse(Duration.ZERO);
    }

    private static List<Share> cheapest(List<Share> shares, Facts facts) {
        List<Ranked<BigDecimal>> priced = new ArrayList<>();
        List<Share> unpriced = new ArrayList<>();
        for (Share share : shares) {
            facts.targets()
                    .findPrice(share.first())
                    .ifPresentOrElse(
                            price -> priced.add(new Ranked<>(share, price)),
                            () -> unpriced.add(share));
        }
        List<Share> all = new ArrayList<>(sorted(priced, Comparator.naturalOrder()));
        all.addAll(unpriced);
        return all;
    }

    /// Each place is drawn by weight from those that are left: an exponential clock for each, the
    /// one that rings first wins (Efraimidis and Spirakis, "Weighted random sampling with a
    /// reservoir", 2006). Without weight a target is only a last resort.
    private static List<Share> weighted(List<Share> shares, RandomGenerator random) {
        List<Ranked<Double>> ranked = new ArrayList<>();
        for (Share share : shares) {
            double rings = -Math.log(1 - random.nextDouble()) / share.weight();
            ranked.add(new Ranked<>(share, share.weight() > 0 ? rings : Double.POSITIVE_INFINITY));
        }
        return sorted(ranked, Comparator.naturalOrder());
    }

    private static <K> List<Share> sorted(List<Ranked<K>> ranked, Comparator<K> order) {
        return ranked.stream()
                .sorted(Comparator.comparing(Ranked::rank, order))
                .map(Ranked::share)
                .toList();
    }
}
