package hal0.relay.dispatch;

import hal0.providers.Provider;
import hal0.relay.routing.LocalSlot;
import hal0.relay.routing.NamedRoute;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The names that somebody may have meant who asked for one that leads nowhere.
final class NearestNames {
    private static final int MOST = 3;

    private record Near(String name, int distance) {}

    private NearestNames() {}

    /// The three nearest, none farther than half of what was written.
    static List<String> of(String name, Snapshot snapshot) {
        String wanted = Router.bounded(name);
        return known(snapshot).stream()
                .distinct()
                .map(known -> new Near(known, distance(wanted, known)))
                .filter(near -> near.distance() <= Math.max(1, bare(wanted).length() / 2))
                .sorted(Comparator.comparingInt(Near::distance))
                .limit(MOST)
                .map(Near::name)
                .toList();
    }

    private static List<String> known(Snapshot snapshot) {
        List<String> known = new ArrayList<>();
        snapshot.names().slots().stream().map(LocalSlot::name).forEach(known::add);
        snapshot.names().routes().stream().map(NamedRoute::model).forEach(known::add);
        for (Provider provider : snapshot.providers()) {
            Stream.concat(
                            provider.models().stream().map(m -> m.id()),
                            snapshot.listed().getOrDefault(provider.id(), Set.of()).stream()
                                    .sorted())
                    .forEach(model -> known.add(provider.id() + "/" + model));
        }
        return known;
    }

    private static String bare(String name) {
        return name.substring(name.indexOf('/') + 1);
    }

    /// With or without the provider, whichever is nearer.
    private static int distance(String name, String known) {
        return Math.min(edits(name, bare(known)), edits(name, known));
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
