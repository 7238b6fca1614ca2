package hal0.slots.definition;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.Section;
import hal0.home.config.Setting;
import hal0.home.config.Settings;
import hal0.home.testing.Example;
import hal0.home.testing.KnownKeys;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// `config-examples/slots/` is right and complete.
class SlotExampleTest {
    @Test
    void exampleLoadsWithoutProblems() {
        SlotFiles files = SlotFiles.read(Example.file("slots"));
        assertThat(files.problems()).isEmpty();
        assertThat(files.specs())
                .extracting(SlotSpec::name)
                .containsExactly("chat", "coder", "embed");
    }

    @Test
    void exampleHasEveryKey() throws Exception {
        List<Section<?>> sections =
                List.of(SlotSections.slot("chat"), SlotSections.MODEL, SlotSections.SERVER);
        Settings settings =
                Settings.of("chat.toml", Example.withEverything("slots/chat.toml"), sections);
        Set<String> written =
                settings.settings().stream()
                        .filter(setting -> !setting.origin().equals("default"))
                        .map(Setting::path)
                        .collect(Collectors.toSet());
        Set<String> known = new TreeSet<>();
        sections.forEach(section -> known.addAll(KnownKeys.of(section, "one")));
        known.remove("server.env.*");
        assertThat(known).hasSizeGreaterThan(15);
        assertThat(written).containsAll(known);
    }

    @Test
    void keysThatCanBeEditedAreThoseThatAreRead() {
        Set<String> known = new TreeSet<>();
        List.of(SlotSections.slot("chat"), SlotSections.MODEL, SlotSections.SERVER)
                .forEach(section -> known.addAll(KnownKeys.of(section, "one")));
        known.remove("server.env.*");
        known.add("server.env");
        assertThat(new TreeSet<>(SlotEdits.KEYS)).isEqualTo(known);
    }
}
