package hal0.relay.dispatch;

import hal0.relay.dispatch.Balance.Facts;
import hal0.relay.dispatch.Balance.Share;
import hal0.relay.routing.LocalSlot;
import hal0.relay.routing.NamedRoute;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The targets of a route, in the order in which they are tried.
///
/// **Shape** a target that does not exist, or is switched off, is passed over; another route stands
/// for its own targets in their own order. No target comes twice.
final class RouteTargets {
    private final Snapshot snapshot;
    private final Facts facts;
    private final Set<String> entered = new LinkedHashSet<>();

    private RouteTargets(Snapshot snapshot, Facts facts) {
        this.snapshot = snapshot;
        this.facts = facts;
    }

    static List<Target> of(NamedRoute route, Snapshot snapshot, Facts facts) {
        List<Target> all = new RouteTargets(snapshot, facts).inOrder(route);
        List<Target> now = new ArrayList<>();
        List<Target> later = new ArrayList<>();
        for (Target target : new LinkedHashSet<>(all)) {
            boolean able =
                    snapshot.ready().contains(target.provider().id())
                            && !facts.targets().isOpen(target);
            (able ? now : later).add(target);
        }
        now.addAll(later);
        return List.copyOf(now);
    }

    private List<Target> inOrder(NamedRoute route) {
        // The configuration refuses circles; two readings of it may have made one all the same.
        if (!entered.add(route.model())) {
            return List.of();
        }
        List<Share> shares = new ArrayList<>();
        for (int i = 0; i < route.targets().size(); i++) {
            List<Target> found = found(route.targets().get(i));
            if (!found.isEmpty()) {
                shares.add(
                        new Share(found, route.weights().isEmpty() ? 1 : route.weights().get(i)));
            }
        }
        entered.remove(route.model());
        return Balance.ordered(route.strategy(), shares, facts).stream()
                .flatMap(share -> share.targets().stream())
                .toList();
    }

    private List<Target> found(String name) {
        Optional<Target> named = snapshot.prefixed(name);
        if (named.isPresent()) {
            return List.of(named.get());
        }
        Optional<NamedRoute> route = snapshot.names().findRoute(name);
        if (route.isPresent()) {
            return inOrder(route.get());
        }
        Optional<LocalSlot> slot = snapshot.names().findSlot(name);
        if (slot.isPresent()) {
            return List.of(new Target(slot.get().any(), slot.get().model(name)));
        }
        return snapshot.findKnowing(name).map(p -> new Target(p, name)).stream().toList();
    }
}
