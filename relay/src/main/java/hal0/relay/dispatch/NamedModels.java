package hal0.relay.dispatch;

import hal0.providers.ModelInfo;
import hal0.providers.ModelKnowledge;
import hal0.providers.price.Price;
import hal0.relay.control.ModelChoice;
import hal0.relay.dispatch.Balance.Facts;
import hal0.relay.routing.LocalSlot;
import hal0.relay.routing.NamedRoute;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Slots and routes as models that clients can choose.
final class NamedModels {
    private static final String OWN = "hal0";

    private final Snapshot snapshot;
    private final ModelKnowledge knowledge;
    private final Function<ModelChoice, String> listed;

    /// `listed` is the name by which a model of a provider is listed.
    NamedModels(Snapshot snapshot, ModelKnowledge knowledge, Function<ModelChoice, String> listed) {
        this.snapshot = snapshot;
        this.knowledge = knowledge;
        this.listed = listed;
    }

    /// By name and by alias, slots by their models too. A route that leads nowhere now is left out.
    /// A route hides a slot of its name, as it does for requests.
    SequencedMap<String, Advertised> all() {
        SequencedMap<String, Advertised> all = new LinkedHashMap<>();
        for (LocalSlot slot : snapshot.names().slots()) {
            ModelInfo served = knowledge.about(slot.exact(), slot.model(slot.name()));
            ModelChoice choice = new ModelChoice(slot.name(), served, true, false);
            put(all, slot.name(), new Advertised(choice, slot.name(), null, null));
            for (String alias : slot.aliases()) {
                put(all, alias, new Advertised(choice, slot.name(), null, alias));
            }
        }
        for (LocalSlot slot : snapshot.names().slots()) {
            for (ModelInfo model : slot.exact().models()) {
                ModelChoice choice = new ModelChoice(slot.name(), model, true, false);
                put(all, listed.apply(choice), new Advertised(choice, slot.name(), null, null));
            }
        }
        for (NamedRoute route : snapshot.names().routes()) {
            List<Target> targets = RouteTargets.of(route, snapshot, Facts.NONE);
            if (targets.isEmpty()) {
                continue;
            }
            ModelChoice choice = new ModelChoice(OWN, about(route, targets), false, false);
            all.put(route.model(), new Advertised(choice, null, route.model(), null));
            for (String alias : route.aliases()) {
                all.put(alias, new Advertised(choice, null, route.model(), alias));
            }
        }
        return all;
    }

    private void put(SequencedMap<String, Advertised> all, String name, Advertised slot) {
        if (snapshot.names().findRoute(name).isEmpty()) {
            all.putIfAbsent(name, slot);
        }
    }

    /// What a client may count on whichever target answers: the smallest limits.
    private ModelInfo about(NamedRoute route, List<Target> targets) {
        List<ModelInfo> infos =
                targets.stream()
                        .map(target -> knowledge.about(target.provider(), target.model()))
                        .toList();
        return new ModelInfo(
                route.model(),
                null,
                smallest(infos, ModelInfo::contextWindow),
                smallest(infos, ModelInfo::maxOutputTokens),
                null,
                null,
                null,
                null,
                infos.size() == 1 ? infos.getFirst().price() : Price.UNKNOWN);
    }

    /// Null where it is not known of every target.
    private static @Nullable Long smallest(
            List<ModelInfo> targets, Function<ModelInfo, @Nullable Long> limit) {
        Long smallest = null;
        for (ModelInfo target : targets) {
            Long known = limit.apply(target);
            if (known == null) {
                return null;
            }
            smallest = smallest == null ? known : Long.valueOf(Math.min(smallest, known));
        }
        return smallest;
    }
}
