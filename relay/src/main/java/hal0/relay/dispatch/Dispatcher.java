package hal0.relay.dispatch;

import hal0.providers.Provider;
import hal0.relay.dispatch.Balance.Facts;
import hal0.relay.routing.Kind;
import hal0.relay.routing.LocalSlot;
import hal0.relay.routing.NamedRoute;
import hal0.relay.routing.SlotAddress;
import java.util.List;
import java.util.Optional;

/// Decides where a model name leads. A pure function: the same question, snapshot and facts, the
/// same answer.
///
/// A slot leads to a target whether or not its model is loaded: calling it loads it.
///
/// The order is fixed, and the first that fits counts. No name at all is the active model, or the
/// slot of the path; then
///
/// - a route or its alias, a slot or its alias
/// - `PROVIDER/rest` of a provider that knows `rest`
/// - the whole name: a loaded slot that answers under it, the registry, a provider that lists it
/// - `PROVIDER/rest` of a provider that has its key and has told no list
/// - lists that were never fetched, and then again
/// - `PROVIDER/rest` of a provider that lacks its key, which says so
/// - the slot that the path or the form of the name asks for, the chat slot for what nobody knows
/// - the `claude-*` and openai rules
public final class Dispatcher {

    /// What is asked. `fetched` names the providers whose lists were fetched for this very request.
    public record Asked(String name, Kind kind, List<String> fetched) {
        public Asked {
            fetched = List.copyOf(fetched);
        }
    }

    /// What a name leads to.
    public sealed interface Resolution {
        record Routed(Decision decision) implements Resolution {}

        /// Not known yet: fetch the lists of these providers and ask again.
        record NeedsLists(List<String> providers) implements Resolution {}

        /// Nobody has it; `nearest` are known names that look alike.
        record NoRoute(List<String> nearest) implements Resolution {}

        /// A route of which no target can be used.
        record NoTarget(NamedRoute route) implements Resolution {}

        /// No name was given and none is active.
        record NothingActive() implements Resolution {}
    }

    private final Asked asked;
    private final String name;
    private final Snapshot snapshot;
    private final Facts facts;

    private Dispatcher(Asked asked, Snapshot snapshot, Facts facts) {
        this.asked = asked;
        this.name = asked.name();
        this.snapshot = snapshot;
        this.facts = facts;
    }

    /// Where a conversation that names that model goes, as far as nobody is asked.
    public static Resolution resolve(String name, Snapshot snapshot, List<String> fetched) {
        return resolve(new Asked(name, Kind.CHAT, fetched), snapshot, Facts.NONE);
    }

    static Resolution resolve(Asked asked, Snapshot snapshot, Facts facts) {
        Dispatcher dispatcher = new Dispatcher(asked, snapshot, facts);
        return asked.name().isBlank() ? dispatcher.unnamed() : dispatcher.named();
    }

    private Resolution unnamed() {
        return byPath().or(this::active).orElseGet(Resolution.NothingActive::new);
    }

    private Optional<Resolution> active() {
        String provider = snapshot.activeProvider();
        String model = snapshot.activeModel();
        return provider == null || model == null
                ? Optional.empty()
                : snapshot.find(provider).map(p -> to(new Target(p, model), "active"));
    }

    private Resolution named() {
        return route().or(this::slot)
                .or(this::prefixThatIsKnown)
                .or(this::serving)
                .or(this::registered)
                .or(this::listed)
                .or(this::prefixThatIsReady)
                .or(this::unfetched)
                .or(this::prefixInTheEnd)
                .or(this::byPath)
                .or(this::npu)
                .or(this::chatSlot)
                .or(this::rule)
                .orElseGet(() -> new Resolution.NoRoute(NearestNames.of(name, snapshot)));
    }

    private Optional<Resolution> route() {
        return snapshot.names()
                .findRoute(name)
                .map(route -> {
                    List<Target> targets = RouteTargets.of(route, snapshot, facts);
                    return targets.isEmpty()
                            ? new Resolution.NoTarget(route)
                            : new Resolution.Routed(
                                    new Decision(
                                            name,
                                            targets,
                                            "route:" + route.model(),
                                            RescueRules.of(route),
                                            asked.fetched()));
                });
    }

    private Optional<Resolution> slot() {
        return snapshot.names().findSlot(name).map(slot -> to(slot, "container:" + slot.name()));
    }

    private Optional<Resolution> prefixThatIsKnown() {
        return snapshot.named(name)
                .filter(target -> snapshot.knows(target.provider(), target.model()))
                .map(target -> to(target, "prefix"));
    }

    private Optional<Resolution> serving() {
        return snapshot.names()
                .findServing(name)
                .map(slot -> routed(new Target(slot.exact(), name), "container:" + slot.name()));
    }

    private Optional<Resolution> registered() {
        String upstream = snapshot.names().registry().get(name);
        if (upstream == null) {
            return Optional.empty();
        }
        return snapshot.names()
                .findSlot(upstream)
                .map(slot -> routed(new Target(slot.exact(), name), "registry"))
                .or(() ->
                        snapshot.find(upstream).map(p -> routed(new Target(p, name), "registry")));
    }

    private Optional<Resolution> listed() {
        return snapshot.findKnowing(name)
                .map(p -> {
                    if (SlotAddress.isSlot(p)) {
                        return to(new Target(p, name), "container");
                    }
                    boolean fresh = asked.fetched().contains(p.id());
                    return to(
                            new Target(p, name), fresh ? "passthrough-prefetched" : "passthrough");
                });
    }

    /// A prefix that names a provider says where to go: its list need not be fetched to go there,
    /// and nobody else's is waited for.
    private Optional<Resolution> prefixThatIsReady() {
        return snapshot.named(name)
                .filter(target -> !snapshot.hasTold(target.provider()))
                .filter(target -> snapshot.ready().contains(target.provider().id()))
                .map(target -> to(target, "prefix"));
    }

    private Optional<Resolution> unfetched() {
        List<String> cold =
                snapshot.providers().stream()
                        .filter(snapshot::isCold)
                        .map(Provider::id)
                        .filter(id -> !asked.fetched().contains(id))
                        .toList();
        return cold.isEmpty() ? Optional.empty() : Optional.of(new Resolution.NeedsLists(cold));
    }

    /// Nobody else has it: the provider that was named says what it lacks, its key or the model.
    /// Lists leave out names that are answered, such as those of a model's newest version.
    private Optional<Resolution> prefixInTheEnd() {
        return snapshot.named(name).map(target -> to(target, "prefix"));
    }

    private Optional<Resolution> byPath() {
        String capability = asked.kind().capability();
        return asked.kind() == Kind.CHAT || capability == null
                ? Optional.empty()
                : snapshot.names().findSlotFor(capability).map(s -> to(s, "rule:" + capability));
    }

    private Optional<Resolution> npu() {
        int colon = name.indexOf(':');
        return colon <= 0 || colon == name.length() - 1
                ? Optional.empty()
                : snapshot.names().findNpu().map(slot -> to(slot, "rule:npu"));
    }

    private Optional<Resolution> chatSlot() {
        return asked.kind() == Kind.CHAT && snapshot.names().chatForUnknown()
                ? snapshot.names().findSlotFor("chat").map(slot -> to(slot, "rule:chat"))
                : Optional.empty();
    }

    private Optional<Resolution> rule() {
        return snapshot.find(name.startsWith("claude-") ? "anthropic" : "openai")
                .filter(p -> snapshot.keyed().contains(p.id()))
                // A provider that told which models it has is believed.
                .filter(p -> !snapshot.listed().containsKey(p.id()))
                .map(p -> to(new Target(p, name), "rule"));
    }

    private Resolution to(LocalSlot slot, String path) {
        return routed(new Target(slot.any(), slot.model(name)), path);
    }

    private Resolution to(Target target, String step) {
        return routed(target, step + ":" + target.provider().id());
    }

    private Resolution routed(Target target, String path) {
        return new Resolution.Routed(Decision.of(name, target, path, asked.fetched()));
    }
}
