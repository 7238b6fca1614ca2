package hal0.relay.dispatch;

import hal0.providers.Provider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Decides where a model name leads. A pure function: the same name and snapshot, the same answer.
///
/// The order is fixed: no name at all is the active model; `PROVIDER/rest` of a provider that knows
/// `rest`; the whole name where a provider is known to have it; lists that were never fetched;
/// `PROVIDER/rest` of a provider that has no list; the `claude-*` and openai rules.
public final class Dispatcher {

    /// What a name leads to.
    public sealed interface Resolution {
        record Routed(Decision decision) implements Resolution {}

        /// Not known yet: fetch the lists of these providers and ask again.
        record NeedsLists(List<String> providers) implements Resolution {}

        /// Nobody has it; `nearest` are known names that look alike.
        record NoRoute(List<String> nearest) implements Resolution {}

        /// No name was given and none is active.
        record NothingActive() implements Resolution {}
    }

    private Dispatcher() {}

    /// `fetched` names the providers whose lists were fetched for this very request.
    public static Resolution resolve(String name, Snapshot snapshot, List<String> fetched) {
        if (name.isBlank()) {
            return active(snapshot);
        }
        Optional<Target> prefixed = prefixed(name, snapshot);
        if (prefixed.isPresent()
                && snapshot.knows(prefixed.get().provider(), prefixed.get().model())) {
            return routed(name, prefixed.get(), "prefix", fetched);
        }
        Optional<Provider> known =
                snapshot.providers().stream().filter(p -> snapshot.knows(p, name)).findFirst();
        if (known.isPresent()) {
            String step =
                    fetched.contains(known.get().id()) ? "passthrough-prefetched" : "passthrough";
            return routed(name, new Target(known.get(), name), step, fetched);
        }
        // A prefix that names a provider says where to go; its list need not be fetched to go
        // there.
        if (prefixed.filter(target -> mayHave(target, snapshot)).isPresent()) {
            return routed(name, prefixed.get(), "prefix", fetched);
        }
        List<String> cold =
                snapshot.providers().stream()
                        .filter(snapshot::isCold)
                        .map(Provider::id)
                        .filter(id -> !fetched.contains(id))
                        .toList();
        if (!cold.isEmpty()) {
            return new Resolution.NeedsLists(cold);
        }
        // Nobody else has it: the provider that was named says what it lacks.
        if (prefixed.isPresent() && !snapshot.ready().contains(prefixed.get().provider().id())) {
            return routed(name, prefixed.get(), "prefix", fetched);
        }
        return byRule(name, snapshot)
                .map(target -> routed(name, target, "rule", fetched))
                .orElseGet(() -> new Resolution.NoRoute(nearest(name, snapshot)));
    }

    private static boolean mayHave(Target target, Snapshot snapshot) {
        String provider = target.provider().id();
        // A list that names nothing is none: such a server knows its models and does not tell.
        return snapshot.ready().contains(provider)
                && snapshot.listed().getOrDefault(provider, Set.of()).isEmpty();
    }

    private static Resolution active(Snapshot snapshot) {
        String provider = snapshot.activeProvider();
        String model = snapshot.activeModel();
        if (provider == null || model == null) {
            return new Resolution.NothingActive();
        }
        return snapshot.find(provider)
                .map(p -> routed("", new Target(p, model), "active", List.of()))
                .orElseGet(Resolution.NothingActive::new);
    }

    private static Resolution routed(
            String name, Target target, String step, List<String> fetched) {
        return new Resolution.Routed(
                Decision.of(name, target, step + ":" + target.provider().id(), fetched));
    }

    private static Optional<Target> prefixed(String name, Snapshot snapshot) {
        int slash = name.indexOf('/');
        if (slash <= 0 || slash == name.length() - 1) {
            return Optional.empty();
        }
        return snapshot.find(name.substring(0, slash))
                .map(provider -> new Target(provider, name.substring(slash + 1)));
    }

    private static Optional<Target> byRule(String name, Snapshot snapshot) {
        String provider = name.startsWith("claude-") ? "anthropic" : "openai";
        return snapshot.find(provider)
                .filter(p -> snapshot.keyed().contains(p.id()))
                // A provider that told which models it has is believed.
                .filter(p -> !snapshot.listed().containsKey(p.id()))
                .map(p -> new Target(p, name));
    }

    private static List<String> nearest(String name, Snapshot snapshot) {
        List<String> known = new ArrayList<>();
        for (Provider provider : snapshot.providers()) {
            Stream.concat(
                            provider.models().stream().map(m -> m.id()),
                            snapshot.listed().getOrDefault(provider.id(), Set.of()).stream())
                    .distinct()
                    .forEach(model -> known.add(provider.id() + "/" + model));
        }
        String bounded = Router.bounded(name);
        return known.stream()
                .map(model -> new Near(model, distance(bounded, model)))
                .sorted(Comparator.comparingInt(Near::distance))
                .limit(3)
                .map(Near::model)
                .toList();
    }

    private record Near(String model, int distance) {}

    /// The edit distance to the name with or without its provider, whichever is nearer.
    private static int distance(String name, String qualified) {
        String bare = qualified.substring(qualified.indexOf('/') + 1);
        return Math.min(edits(name, bare), edits(name, qualified));
    }

    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], above) + 1, diagonal + change);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
