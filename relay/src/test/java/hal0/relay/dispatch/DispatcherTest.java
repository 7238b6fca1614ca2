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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The providers of every case, in order of precedence:
///
/// - `alpha` declares `one` and `both`, has told no list and is not asked for one
/// - `beta` lists `two`, `both`, `alpha/odd`, `alpha/new`, `vendor/three` and `bound`
/// - `cold` has a key and was never asked
/// - `keyless` needs a key and has none; it was never asked
/// - `openai` and `anthropic` have keys and could not tell their lists
/// - `local` is the loaded slot of that name
///
/// Names: the route `smart`, alias `clever`, to `beta/two` and `alpha/one`; the route `beta/both`
/// to `alpha/both`; the slot `local`, alias `primary`, which answers as `qwen` and `both`; the slot
/// `embed`, which is not loaded; `bound` and `tied` registered with alpha, `gone` with nobody.
class DispatcherTest {
    private static final List<Provider> PROVIDERS =
            List.of(
                    provider("alpha", "one", "both"),
                    provider("beta"),
                    provider("cold"),
                    provider("keyless"),
                    provider("openai"),
                    provider("anthropic"),
                    provider("local"));

    private static final Names NAMES =
            new Names(
                    List.of(
                            route("smart", List.of("beta/two", "alpha/one"), "clever"),
                            route("beta/both", List.of("alpha/both")),
                            route("nowhere", List.of("gone/x", "also/y"))),
                    List.of(
                            new LocalSlot(
                                    "local",
                                    List.of("primary"),
                                    List.of("qwen", "both"),
                                    true,
                                    false),
                            new LocalSlot("embed", List.of(), List.of("bge"), false, false)),
                    Map.of("bound", "alpha", "tied", "alpha", "gone", "nobody", "bge-m3", "embed"),
                    Map.of(),
                    true);

    @ParameterizedTest
    @CsvSource({
        // a route or its alias
        "smart,              beta,      two,            route:smart",
        "clever,             beta,      two,            route:smart",
        "beta/both,          alpha,     both,           route:beta/both",
        // a slot or its alias
        "local,              local,     qwen,           container:local",
        "primary,            local,     qwen,           container:local",
        // PROVIDER/rest of a provider that knows rest
        "alpha/one,          alpha,     one,            prefix:alpha",
        "beta/two,           beta,      two,            prefix:beta",
        "beta/vendor/three,  beta,      vendor/three,   prefix:beta",
        // a loaded slot that answers under the name
        "qwen,               local,     qwen,           container:local",
        "both,               local,     both,           container:local",
        // the registry
        "bound,              alpha,     bound,          registry",
        "tied,               alpha,     tied,           registry",
        // a provider that lists it, in order of precedence
        "two,                beta,      two,            passthrough:beta",
        "vendor/three,       beta,      vendor/three,   passthrough:beta",
        // the first part is a provider, but the whole is another's
        "alpha/odd,          beta,      alpha/odd,      passthrough:beta",
        "alpha/new,          beta,      alpha/new,      passthrough:beta",
        // PROVIDER/rest of a provider that has told no list
        "alpha/other,        alpha,     other,          prefix:alpha",
        "cold/anything,      cold,      anything,       prefix:cold",
        "openai/new,         openai,    new,            prefix:openai",
        "cold/a/b/c,         cold,      a/b/c,          prefix:cold",
    })
    void aNameThatIsKnownLeads(String name, String provider, String model, String path) {
        // What is not known yet does not stand in the way of what is.
        assertRouted(resolve(name, snapshot()), provider, model, path);
        assertRouted(resolve(name, warm()), provider, model, path);
    }

    @ParameterizedTest
    @CsvSource({
        // nobody else has it: who was named says what it lacks
        "keyless/thing, keyless,   thing,     prefix:keyless",
        // the rules
        "claude-9,      anthropic, claude-9,  rule:anthropic",
        "gpt-9,         openai,    gpt-9,     rule:openai",
        "no/such,       openai,    no/such,   rule:openai",
        // who was named may answer to a name that it does not list
        "beta/nope,     beta,      nope,      prefix:beta",
        // bound to a provider that is not there
        "gone,          openai,    gone,      rule:openai",
    })
    void whatNobodyIsKnownToHaveGoesByRule(
            String name, String provider, String model, String path) {
        assertRouted(resolve(name, warm()), provider, model, path);
        assertThat(resolve(name, snapshot())).isInstanceOf(Resolution.NeedsLists.class);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-9,      cold keyless",
        "gpt-9,         cold keyless",
        "no/such,       cold keyless",
        "keyless/a,     cold keyless",
        "beta/nope,     cold keyless",
    })
    void listsThatWereNeverFetchedComeBeforeWhatIsGuessed(String name, String asked) {
        assertThat(resolve(name, snapshot()))
                .isEqualTo(new Resolution.NeedsLists(List.of(asked.split(" "))));
    }

    @Test
    void aListThatWasFetchedForThisVeryRequestIsNotFetchedAgain() {
        assertThat(Dispatcher.resolve("gpt-9", snapshot(), List.of("cold")))
                .isEqualTo(new Resolution.NeedsLists(List.of("keyless")));
        assertRouted(
                Dispatcher.resolve("gpt-9", snapshot(), List.of("cold", "keyless")),
                "openai",
                "gpt-9",
                "rule:openai");
    }

    @Test
    void aModelFoundInAFreshListSaysSo() {
        Snapshot learned =
                snapshot(Map.of("cold", Set.of("fresh")), Set.of("keyless"), Set.of("cold"));

        Resolution resolution = Dispatcher.resolve("fresh", learned, List.of("cold", "keyless"));

        assertRouted(resolution, "cold", "fresh", "passthrough-prefetched:cold");
        assertThat(((Resolution.Routed) resolution).decision().tried())
                .containsExactly("cold", "keyless");
    }

    @Test
    void noNameIsTheActiveModelOrNothing() {
        assertRouted(resolve("", active("beta", "unlisted")), "beta", "unlisted", "active:beta");
        assertRouted(resolve("  ", active("alpha", "one")), "alpha", "one", "active:alpha");
        assertThat(resolve("", snapshot())).isEqualTo(new Resolution.NothingActive());
        assertThat(resolve("", active("alpha", null))).isEqualTo(new Resolution.NothingActive());
        assertThat(resolve("", active("gone", "x"))).isEqualTo(new Resolution.NothingActive());
    }

    @Test
    void theActiveModelIsKnownByItsBareName() {
        assertRouted(
                resolve("unlisted", active("beta", "unlisted")),
                "beta",
                "unlisted",
                "passthrough:beta");
    }

    @Nested
    class Nobody {
        private final Snapshot poor =
                new Snapshot(
                        PROVIDERS,
                        null,
                        null,
                        Map.of("beta", Set.of("two", "twist", "something-long")),
                        Set.of("cold", "keyless", "openai", "anthropic", "alpha", "local"),
                        Set.of("alpha", "beta"),
                        Set.of());

        @Test
        void isToldTheNearestNames() {
            assertThat(resolve("twoo", poor))
                    .isEqualTo(new Resolution.NoRoute(List.of("beta/two")));
            assertThat(resolve("twisd", poor))
                    .isEqualTo(new Resolution.NoRoute(List.of("beta/twist")));
            assertThat(resolve("samrt", poor.with(NAMES)))
                    .isEqualTo(new Resolution.NoRoute(List.of("smart")));
        }

        @Test
        void isNotOfferedWhatLooksNothingLikeIt() {
            assertThat(resolve("zzzzzzzz", poor)).isEqualTo(new Resolution.NoRoute(List.of()));
        }
    }

    @Test
    void aRouteOfWhichNothingIsThereSaysSo() {
        assertThat(resolve("nowhere", warm()))
                .isInstanceOfSatisfying(
                        Resolution.NoTarget.class,
                        none -> assertThat(none.route().model()).isEqualTo("nowhere"));
    }

    @Test
    void aRouteTellsTheRulesOfItsRescue() {
        Resolution.Routed routed = (Resolution.Routed) resolve("smart", warm());

        assertThat(routed.decision().targets())
                .extracting(Target::toString)
                .containsExactly("beta/two", "alpha/one");
        assertThat(routed.decision().rules()).isEqualTo(new RescueRules(7, null, null, true));
    }

    @Nested
    class Slots {
        @Test
        void thatAreNotLoadedAreTargetsAllTheSame() {
            assertRouted(resolve("embed", warm()), "embed", "bge", "container:embed");
            assertRouted(resolve("bge-m3", warm()), "embed", "bge-m3", "registry");
        }

        @Test
        void areAskedForWhateverTheyHaveByNameAndForTheVeryModelByThat() {
            assertThat(url(resolve("local", warm()))).hasToString("slot://any/local/v1");
            assertThat(url(resolve("primary", warm()))).hasToString("slot://any/local/v1");
            assertThat(url(resolve("qwen", warm()))).hasToString("slot://local/local/v1");
            assertThat(url(resolve("bge-m3", warm()))).hasToString("slot://local/embed/v1");
        }

        @Test
        void thatAreNotLoadedComeAfterWhoeverHasTheModelNow() {
            LocalSlot slot = new LocalSlot("spare", List.of(), List.of("two"), false, false);
            List<Provider> providers = new ArrayList<>(PROVIDERS);
            providers.add(slot.exact());
            Snapshot with =
                    new Snapshot(
                            providers,
                            null,
                            null,
                            Map.of("beta", Set.of("two")),
                            Set.of("spare"),
                            Set.of("beta", "spare"),
                            Set.of(),
                            slots(slot));

            assertRouted(resolve("two", with), "beta", "two", "passthrough:beta");
            assertRouted(resolve("spare/two", with), "spare", "two", "prefix:spare");
        }

        @Test
        void takeFromClientsNoModelThatTheRegistryDoesNotHave() {
            LocalSlot slot = new LocalSlot("spare", List.of(), List.of("own"), false, false);
            Snapshot with =
                    new Snapshot(
                            List.of(slot.exact()),
                            null,
                            null,
                            Map.of(),
                            Set.of("spare"),
                            Set.of("spare"),
                            Set.of(),
                            slots(slot));
            Names registered =
                    new Names(List.of(), List.of(slot), Map.of(), Map.of(), true, Set.of("other"));

            assertThat(resolve("spare/other", with)).isInstanceOf(Resolution.NoRoute.class);
            assertRouted(
                    resolve("spare/other", with.with(registered)),
                    "spare",
                    "other",
                    "prefix:spare");
            assertRouted(resolve("spare/own", with), "spare", "own", "prefix:spare");
        }

        @Test
        void areFoundByTheModelThatTheyWouldLoad() {
            LocalSlot slot = new LocalSlot("spare", List.of(), List.of("own"), false, false);
            Snapshot with =
                    new Snapshot(
                            List.of(slot.exact()),
                            null,
                            null,
                            Map.of(),
                            Set.of("spare"),
                            Set.of("spare"),
                            Set.of(),
                            slots(slot));

            assertRouted(resolve("own", with), "spare", "own", "container:spare");
        }

        @ParameterizedTest
        @CsvSource({
            "EMBEDDINGS,    embed",
            "RERANK,        rerank",
            "SPEECH,        tts",
            "TRANSCRIPTION, stt",
            "IMAGES,        img",
        })
        void areFoundByThePath(Kind kind, String slot) {
            Snapshot with =
                    warm().with(slots(new LocalSlot(slot, List.of(), List.of(), true, false)));

            assertRouted(resolve("unknown", kind, with), slot, slot, "rule:" + slot);
            assertRouted(resolve("", kind, with), slot, slot, "rule:" + slot);
            // What somebody has goes there on every path.
            assertRouted(resolve("two", kind, with), "beta", "two", "passthrough:beta");
        }

        @Test
        void areNotFoundByPathsThatNoSlotServes() {
            assertRouted(
                    resolve("unknown", Kind.MODERATION, warm()),
                    "openai",
                    "unknown",
                    "rule:openai");
        }

        @Test
        void onAnNpuTakeNamesWithATag() {
            Names npu = slots(new LocalSlot("flm", List.of(), List.of("llama3"), true, true));

            assertRouted(resolve("llama3:8b", warm().with(npu)), "flm", "llama3", "rule:npu");
            assertRouted(resolve("llama3", warm()), "openai", "llama3", "rule:openai");
        }

        @Test
        void calledChatTakeWhatNobodyKnowsUnlessToldNotTo() {
            LocalSlot chat = new LocalSlot("chat", List.of(), List.of("qwen"), false, false);

            assertRouted(resolve("unknown", warm().with(slots(chat))), "chat", "qwen", "rule:chat");
            assertRouted(
                    resolve(
                            "unknown",
                            warm().with(
                                            new Names(
                                                    List.of(),
                                                    List.of(chat),
                                                    Map.of(),
                                                    Map.of(),
                                                    false))),
                    "openai",
                    "unknown",
                    "rule:openai");
        }

        @Test
        void areChosenByTheirCapability() {
            Names chosen =
                    new Names(List.of(), NAMES.slots(), Map.of(), Map.of("chat", "local"), true);

            assertRouted(resolve("unknown", warm().with(chosen)), "local", "qwen", "rule:chat");
            assertRouted(resolve("chat", warm().with(chosen)), "local", "qwen", "container:local");
        }

        private static Names slots(LocalSlot slot) {
            return new Names(List.of(), List.of(slot), Map.of(), Map.of(), true);
        }

        private static URI url(Resolution resolution) {
            return ((Resolution.Routed) resolution).decision().target().provider().baseUrl();
        }
    }

    @Test
    void aListThatNamesNothingIsNone() {
        Snapshot empty =
                snapshot(
                        Map.of("beta", Set.of()),
                        Set.of("alpha", "cold", "keyless", "openai", "anthropic", "local"),
                        Set.of("beta"));
        assertRouted(resolve("beta/nope", empty), "beta", "nope", "prefix:beta");
    }

    private static Resolution resolve(String name, Snapshot snapshot) {
        return resolve(name, Kind.CHAT, snapshot);
    }

    private static Resolution resolve(String name, Kind kind, Snapshot snapshot) {
        return Dispatcher.resolve(new Asked(name, kind, List.of()), snapshot, Facts.NONE);
    }

    private static void assertRouted(
            Resolution resolution, String provider, String model, String path) {
        assertThat(resolution).isInstanceOf(Resolution.Routed.class);
        Decision decision = ((Resolution.Routed) resolution).decision();
        assertThat(decision.target()).hasToString(provider + "/" + model);
        assertThat(decision.path()).isEqualTo(path);
    }

    private static Snapshot snapshot() {
        return known("alpha", "openai", "anthropic", "local");
    }

    /// With those asked in vain too that were never asked.
    private static Snapshot warm() {
        return known("alpha", "openai", "anthropic", "local", "cold", "keyless");
    }

    private static Snapshot known(String... unlisted) {
        return snapshot(
                Map.of(
                        "beta",
                        Set.of("two", "both", "alpha/odd", "alpha/new", "vendor/three", "bound")),
                new HashSet<>(List.of(unlisted)),
                Set.of("alpha", "beta", "cold", "openai", "anthropic", "local"));
    }

    private static Snapshot snapshot(
            Map<String, Set<String>> listed, Set<String> unlisted, Set<String> ready) {
        return new Snapshot(
                PROVIDERS,
                null,
                null,
                listed,
                unlisted,
                ready,
                Set.of("cold", "openai", "anthropic"),
                NAMES);
    }

    private static Snapshot active(String provider, @Nullable String model) {
        return new Snapshot(
                PROVIDERS,
                provider,
                model,
                Map.of("beta", Set.of("two")),
                Set.of("alpha", "cold", "keyless", "openai", "anthropic"),
                Set.of("alpha", "beta"),
                Set.of());
    }

    private static NamedRoute route(String model, List<String> targets, String... aliases) {
        return new NamedRoute(
                model,
                targets,
                Strategy.FALLBACK,
                List.of(),
                new Patience(7, null, null, true),
                List.of(aliases),
                "route[0]",
                1);
    }

    private static Provider provider(String id, String... models) {
        return Provider.builder(id, Protocol.OPENAI, URI.create("http://127.0.0.1:1/v1"))
                .auth(new Auth.None())
                .models(List.of(models).stream().map(ModelInfo::of).toList())
                .build();
    }
}
