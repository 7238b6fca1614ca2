package hal0.relay.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.dispatch.Dispatcher.Resolution;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The providers of every case, in order of precedence:
///
/// - `alpha` declares `one` and `both`, has told no list and is not asked for one
/// - `beta` lists `two`, `both`, `alpha/odd` and `vendor/three`
/// - `cold` has a key and was never asked
/// - `keyless` needs a key and has none; it was never asked
/// - `openai` and `anthropic` have keys and could not tell their lists
class DispatcherTest {
    private static final List<Provider> PROVIDERS =
            List.of(
                    provider("alpha", "one", "both"),
                    provider("beta"),
                    provider("cold"),
                    provider("keyless"),
                    provider("openai"),
                    provider("anthropic"));

    @ParameterizedTest
    @CsvSource({
        // PROVIDER/rest of a provider that knows rest
        "alpha/one,          alpha,     one,            prefix:alpha",
        "beta/two,           beta,      two,            prefix:beta",
        "beta/both,          beta,      both,           prefix:beta",
        "beta/vendor/three,  beta,      vendor/three,   prefix:beta",
        // the whole name where somebody is known to have it, in order of precedence
        "both,               alpha,     both,           passthrough:alpha",
        "two,                beta,      two,            passthrough:beta",
        "vendor/three,       beta,      vendor/three,   passthrough:beta",
        "alpha/odd,          beta,      alpha/odd,      passthrough:beta",
        // PROVIDER/rest of a provider whose list nobody has
        "alpha/other,        alpha,     other,          prefix:alpha",
        "cold/anything,      cold,      anything,       prefix:cold",
        "openai/new,         openai,    new,            prefix:openai",
        "cold/a/b/c,         cold,      a/b/c,          prefix:cold",
    })
    void aNameLeads(String name, String provider, String model, String path) {
        assertRouted(
                Dispatcher.resolve(name, warm("cold", "keyless"), List.of()),
                provider,
                model,
                path);
        // What is not known yet does not stand in the way of what is.
        assertRouted(Dispatcher.resolve(name, snapshot(), List.of()), provider, model, path);
    }

    @ParameterizedTest
    @CsvSource({
        "claude-9,      anthropic, claude-9,  rule:anthropic",
        "gpt-9,         openai,    gpt-9,     rule:openai",
        "no/such,       openai,    no/such,   rule:openai",
        "keyless/thing, keyless,   thing,     prefix:keyless",
        // A provider that told what it has is believed, so its prefix leads elsewhere.
        "beta/nope,     openai,    beta/nope, rule:openai",
    })
    void whenAllListsAreKnownTheRulesAreAsked(
            String name, String provider, String model, String path) {
        assertRouted(
                Dispatcher.resolve(name, warm("cold", "keyless"), List.of()),
                provider,
                model,
                path);
    }

    @ParameterizedTest
    @CsvSource({"claude-9", "gpt-9", "no/such", "keyless/thing"})
    void listsThatWereNeverFetchedAreFetchedBeforeTheRules(String name) {
        assertThat(Dispatcher.resolve(name, snapshot(), List.of()))
                .isEqualTo(new Resolution.NeedsLists(List.of("cold", "keyless")));
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
                new Snapshot(
                        PROVIDERS,
                        null,
                        null,
                        Map.of("cold", Set.of("fresh")),
                        Set.of("keyless"),
                        Set.of("cold"),
                        Set.of());

        Resolution resolution = Dispatcher.resolve("fresh", learned, List.of("cold", "keyless"));

        assertRouted(resolution, "cold", "fresh", "passthrough-prefetched:cold");
        assertThat(((Resolution.Routed) resolution).decision().tried())
                .containsExactly("cold", "keyless");
    }

    @Test
    void noNameIsTheActiveModelOrNothing() {
        assertRouted(
                Dispatcher.resolve("", active("beta", "unlisted"), List.of()),
                "beta",
                "unlisted",
                "active:beta");
        assertRouted(
                Dispatcher.resolve("  ", active("alpha", "one"), List.of()),
                "alpha",
                "one",
                "active:alpha");
        assertThat(Dispatcher.resolve("", snapshot(), List.of()))
                .isEqualTo(new Resolution.NothingActive());
        assertThat(Dispatcher.resolve("", active("alpha", null), List.of()))
                .isEqualTo(new Resolution.NothingActive());
        assertThat(Dispatcher.resolve("", active("gone", "x"), List.of()))
                .isEqualTo(new Resolution.NothingActive());
    }

    @Test
    void theActiveModelIsKnownByItsBareName() {
        assertRouted(
                Dispatcher.resolve("unlisted", active("beta", "unlisted"), List.of()),
                "beta",
                "unlisted",
                "passthrough:beta");
    }

    @Test
    void nobodyHasItAndTheNearestAreNamed() {
        Snapshot keyless =
                new Snapshot(
                        PROVIDERS,
                        null,
                        null,
                        Map.of("beta", Set.of("two", "twist", "something-long")),
                        Set.of("cold", "keyless", "openai", "anthropic", "alpha"),
                        Set.of("alpha", "beta"),
                        Set.of());

        assertThat(Dispatcher.resolve("twos", keyless, List.of()))
                .isEqualTo(new Resolution.NoRoute(List.of("beta/two", "beta/twist", "alpha/one")));
    }

    @Test
    void theSameQuestionHasTheSameAnswer() {
        for (String name : List.of("both", "alpha/x", "gpt-9", "claude-1", "")) {
            assertThat(Dispatcher.resolve(name, snapshot(), List.of()))
                    .isEqualTo(Dispatcher.resolve(name, snapshot(), List.of()));
        }
    }

    @Test
    void aListThatNamesNothingIsNone() {
        Snapshot warm = warm("cold", "keyless");
        Snapshot empty =
                new Snapshot(
                        warm.providers(),
                        null,
                        null,
                        Map.of("beta", Set.of()),
                        warm.unlisted(),
                        warm.ready(),
                        warm.keyed());
        assertRouted(
                Dispatcher.resolve("beta/nope", empty, List.of()), "beta", "nope", "prefix:beta");
    }

    private static void assertRouted(
            Resolution resolution, String provider, String model, String path) {
        assertThat(resolution).isInstanceOf(Resolution.Routed.class);
        Decision decision = ((Resolution.Routed) resolution).decision();
        assertThat(decision.target()).hasToString(provider + "/" + model);
        assertThat(decision.path()).isEqualTo(path);
    }

    private static Snapshot snapshot() {
        return warm();
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

    /// With these asked in vain too.
    private static Snapshot warm(String... asked) {
        Set<String> unlisted = new java.util.HashSet<>(Set.of("alpha", "openai", "anthropic"));
        unlisted.addAll(List.of(asked));
        return new Snapshot(
                PROVIDERS,
                null,
                null,
                Map.of("beta", Set.of("two", "both", "alpha/odd", "vendor/three")),
                unlisted,
                Set.of("alpha", "beta", "cold", "openai", "anthropic"),
                Set.of("cold", "openai", "anthropic"));
    }

    private static Provider provider(String id, String... models) {
        return Provider.builder(id, Protocol.OPENAI, URI.create("http://127.0.0.1:1/v1"))
                .auth(new Auth.None())
                .models(List.of(models).stream().map(ModelInfo::of).toList())
                .build();
    }
}
