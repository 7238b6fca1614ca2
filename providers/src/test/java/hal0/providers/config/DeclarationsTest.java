package hal0.providers.config;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.Settings;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.config.Declared.State;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// One bad entry never hides the others, and never becomes something that it was not meant to be.
class DeclarationsTest {
    private static final Presets PRESETS = Presets.of(_ -> Optional.empty());
    private final ProvidersSection named = new ProvidersSection(PRESETS);
    private final UpstreamsSection listed = new UpstreamsSection(PRESETS);

    private Declarations config(String toml, Declarations before) {
        Settings settings = Settings.of(ProvidersSection.FILE, toml, List.of(named));
        return Declarations.of(settings.get(named), settings.problems(), before);
    }

    private Declarations config(String toml) {
        return config(toml, Declarations.NONE);
    }

    private Declarations upstreams(String toml) {
        Settings settings = Settings.of(UpstreamsSection.FILE, toml, List.of(listed));
        return Declarations.of(settings.get(listed), settings.problems(), Declarations.NONE);
    }

    @Test
    void aBadEntryIsOffAndTheOthersWork() {
        Declarations read =
                config(
                        """
                        [providers.nowhere]
                        [providers.groq]
                        retries = 1
                        [providers.openai]
                        base_url = "https://gateway.example/v1"
                        retires = 3
                        [providers."a.b".models]
                        [providers.xai]
                        retries = 2
                        """);
        assertThat(read.all())
                .extracting(Declared::id, Declared::state)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("nowhere", State.WRONG),
                        org.assertj.core.groups.Tuple.tuple("groq", State.GOOD),
                        org.assertj.core.groups.Tuple.tuple("openai", State.WRONG),
                        org.assertj.core.groups.Tuple.tuple("a.b", State.WRONG),
                        org.assertj.core.groups.Tuple.tuple("xai", State.GOOD));
        assertThat(read.providers().stream().filter(Provider::enabled))
                .extracting(Provider::id)
                .containsExactly("groq", "xai");
    }

    @Test
    void aBadEntryIsNotReplacedByThePresetOfItsName() {
        Provider openai = config("[providers.openai]\nretires = 3").providers().getFirst();
        assertThat(openai.enabled()).isFalse();
        assertThat(openai.baseUrl().toString()).doesNotContain("openai.com");
    }

    @Test
    void anIdThatBeginsLikeABadOneIsNotBad() {
        assertThat(
                        config(
                                        "[providers.groq]\nx = 1\n[providers.groq2]\nbase_url = \"http://h/v1\"")
                                .all())
                .extracting(Declared::state)
                .containsExactly(State.WRONG, State.GOOD);
    }

    @Test
    void aBadEditKeepsTheLastGoodDeclaration() {
        Declarations good = config("[providers.groq]\nretries = 1");
        Declarations bad = config("[providers.groq]\nretries = \"x\"\n[providers.new]", good);
        Declarations worse = config("[providers.groq]\nretries = -1", bad);

        assertThat(bad.all()).extracting(Declared::state).containsExactly(State.KEPT, State.WRONG);
        assertThat(worse.providers()).isEqualTo(good.providers());
        assertThat(config("", bad).all()).isEmpty();
    }

    @Test
    void anIdInBothFilesIsToldWithBothPlaces() {
        Declarations first = config("[providers.groq]\nretries = 1");
        Declarations second =
                upstreams("[[upstream]]\nname = \"xai\"\n[[upstream]]\nname = \"groq\"");

        assertThat(first.clashes(second))
                .singleElement()
                .extracting(clash -> clash.problem().toString())
                .asString()
                .startsWith("upstreams.toml:3: upstream[1]")
                .contains("\"groq\"", "config.toml:1");
    }
}
