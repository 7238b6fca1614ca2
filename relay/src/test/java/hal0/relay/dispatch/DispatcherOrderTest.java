package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.dispatch.Balance.Facts;
import hal0.relay.dispatch.Dispatcher.Asked;
import hal0.relay.dispatch.Dispatcher.Resolution;
import hal0.relay.routing.Kind;
import hal0.relay.routing.LocalSlot;
import hal0.relay.routing.NamedRoute;
import hal0.relay.routing.NamedRoute.Patience;
import hal0.relay.routing.Names;
import hal0.relay.routing.Strategy;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Ten thousand homes of few names, so that names clash: the first step that fits is the one that
/// is taken, whatever else would fit.
class DispatcherOrderTest {
    private static final List<String> WORDS = List.of("a", "b", "c", "openai", "anthropic");
    private static final List<String> MODELS =
            List.of("m", "n:8b", "a", "b/m", "a/b/m", "claude-x", "openai/m");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theFirstStepThatFitsIsTaken(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            Snapshot snapshot = snapshot(random);
            String name = name(random);
            Kind kind = pick(random, List.of(Kind.values()));
            List<String> fetched = some(random, WORDS);
            Asked asked = new Asked(name, kind, fetched);

            Resolution once = Dispatcher.resolve(asked, snapshot, Facts.NONE);

            assertThat(Dispatcher.resolve(asked, snapshot, Facts.NONE)).isEqualTo(once);
            assertThat(step(once, name))
                    .as("%s of %s with %s", name, kind, snapshot)
                    .isEqualTo(expected(asked, snapshot));
            if (once instanceof Resolution.Routed(Decision decision)) {
                List<Provider> all = new ArrayList<>(snapshot.providers());
                snapshot.names().slots().forEach(s -> all.addAll(List.of(s.any(), s.exact())));
                assertThat(all).contains(decision.target().provider());
            }
        }
    }

    /// The contract's order, written down as questions about the snapshot.
    private static String expected(Asked asked, Snapshot now) {
        String name = asked.name();
        Names names = now.names();
        @Nullable Target prefixed = now.prefixed(name).orElse(null);
        if (names.routes().stream().anyMatch(r -> r.isCalled(name))) {
            return "route";
        }
        if (names.slots().stream().anyMatch(s -> s.name().equals(name))) {
            return "container";
        }
        if (prefixed != null && now.knows(prefixed.provider(), prefixed.model())) {
            return "prefix";
        }
        if (names.slots().stream().anyMatch(s -> s.loaded() && s.models().contains(name))) {
            return "container";
        }
        @Nullable String bound = names.registry().get(name);
        if (bound != null && now.find(bound).isPresent()) {
            return "registry";
        }
        if (now.providers().stream().anyMatch(p -> now.knows(p, name))) {
            return "passthrough";
        }
        if (prefixed != null
                && !now.hasTold(prefixed.provider())
                && now.ready().contains(prefixed.provider().id())) {
            return "prefix";
        }
        if (now.providers().stream()
                .anyMatch(p -> now.isCold(p) && !asked.fetched().contains(p.id()))) {
            return "fetch";
        }
        if (prefixed != null) {
            return "prefix";
        }
        return expectedRule(asked, now);
    }

    private static String expectedRule(Asked asked, Snapshot now) {
        String capability = asked.kind().capability();
        boolean path = asked.kind() != Kind.CHAT && capability != null;
        if (path && now.names().findSlotFor(String.valueOf(capability)).isPresent()) {
            return "rule:" + capability;
        }
        if (asked.name().matches(".+:.+") && now.names().findNpu().isPresent()) {
            return "rule:npu";
        }
        if (asked.kind() == Kind.CHAT
                && now.names().chatForUnknown()
                && now.names().findSlotFor("chat").isPresent()) {
            return "rule:chat";
        }
        String vendor = asked.name().startsWith("claude-") ? "anthropic" : "openai";
        return now.find(vendor).isPresent()
                        && now.keyed().contains(vendor)
                        && !now.listed().containsKey(vendor)
                ? "rule:" + vendor
                : "none";
    }

    private static String step(Resolution resolution, String name) {
        String path =
                switch (resolution) {
                    case Resolution.Routed(Decision decision) -> decision.path();
                    case Resolution.NoTarget _ -> "route";
                    case Resolution.NeedsLists _ -> "fetch";
                    case Resolution.NoRoute _ -> "none";
                    case Resolution.NothingActive _ -> throw new AssertionError(name);
                };
        if (path.startsWith("rule:")) {
            return path;
        }
        String word = path.contains(":") ? path.substring(0, path.indexOf(':')) : path;
        return word.equals("passthrough-prefetched") ? "passthrough" : word;
    }

    private static Snapshot snapshot(Random random) {
        List<Provider> providers =
                some(random, WORDS).stream().map(id -> provider(id, some(random, MODELS))).toList();
        Map<String, Set<String>> listed = new HashMap<>();
        some(random, WORDS).forEach(id -> listed.put(id, new HashSet<>(some(random, MODELS))));
        return new Snapshot(
                providers,
                null,
                null,
                listed,
                new HashSet<>(some(random, WORDS)),
                new HashSet<>(some(random, WORDS)),
                new HashSet<>(some(random, WORDS)),
                names(random));
    }

    private static Names names(Random random) {
        List<NamedRoute> routes = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            routes.add(
                    new NamedRoute(
                            pick(random, MODELS),
                            List.of(pick(random, WORDS) + "/" + pick(random, MODELS)),
                            Strategy.FALLBACK,
                            List.of(),
                            new Patience(null, null, null, true),
                            List.of(),
                            "route[0]",
                            1));
        }
        List<LocalSlot> slots = new ArrayList<>();
        for (String name : some(random, List.of("a", "embed", "chat", "tts"))) {
            if (random.nextBoolean()) {
                slots.add(
                        new LocalSlot(
                                name,
                                List.of(),
                                some(random, MODELS),
                                random.nextBoolean(),
                                random.nextInt(3) == 0));
            }
        }
        Map<String, String> registry = new HashMap<>();
        some(random, MODELS).stream()
                .limit(2)
                .forEach(model -> registry.put(model, pick(random, List.of("b", "c", "gone"))));
        return new Names(routes, slots, registry, Map.of(), random.nextBoolean());
    }

    private static String name(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> pick(random, MODELS);
            case 1 -> pick(random, WORDS) + "/" + pick(random, MODELS);
            default -> "unknown";
        };
    }

    private static <T> T pick(Random random, List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private static List<String> some(Random random, List<String> all) {
        return all.stream().filter(_ -> random.nextInt(3) == 0).toList();
    }

    private static Provider provider(String id, List<String> models) {
        return Provider.builder(id, Protocol.OPENAI, URI.create("http://127.0.0.1:1/v1"))
                .auth(new Auth.None())
                .models(models.stream().map(ModelInfo::of).toList())
                .build();
    }
}
