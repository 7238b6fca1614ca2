package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Setting;
import hal0.home.config.Settings;
import hal0.home.testing.Example;
import hal0.providers.Presets;
import hal0.relay.control.SettingNotes;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tomlj.Toml;

/// The schema of `config.toml` against what is really read.
class SettingsSchemaTest {
    private final ObjectMapper json = new ObjectMapper();
    private final ConfigSections sections = ConfigSections.of(Presets.of(_ -> Optional.empty()));
    private JsonNode schema;

    @BeforeEach
    void read() throws Exception {
        schema = json.readTree(SettingsReference.schema(sections));
    }

    private List<String> faults(String toml) throws Exception {
        return SchemaCheck.faults(schema, json.readTree(Toml.parse(toml).toJson()));
    }

    @Test
    void everyKeyThatIsReadIsDescribed() throws Exception {
        String text = SettingsReference.text();
        Settings read = Settings.of("settings.toml", text, sections.ofConfig());
        Map<String, String> notes = SettingNotes.of(text);

        assertThat(read.problems())
                .filteredOn(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .isEmpty();
        assertThat(read.settings())
                .allSatisfy(setting -> assertThat(notes).containsKey(setting.path()));
    }

    /// A key that a section reads only where it stands would be missed by the test above.
    @Test
    void everyKeyOfTheExampleHasItsPlace() throws Exception {
        String example = Files.readString(Example.file("config.toml"));
        assertThat(faults(example)).isEmpty();

        Set<String> known =
                Settings.of("s", SettingsReference.text(), sections.ofConfig()).settings().stream()
                        .map(Setting::path)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(Settings.of("config.toml", example, sections.ofConfig()).settings())
                .extracting(Setting::path)
                .map(path -> path.replaceFirst("^providers\\.[^.]+", "providers.NAME"))
                .map(path -> path.replaceFirst("(\\.headers|\\.query)\\..*", "$1.NAME"))
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[relay]\nprot = 1",
                "[relay]\nport = \"8080\"",
                "[relay]\nport = 70000",
                "[agent]\nmode = \"wild\"",
                "[providers.x]\nenabled = 1",
                "[providers.x]\nbase_ulr = \"http://x\"",
                "[[route]]\ntargets = \"a\"",
                "[nonsense]\na = 1"
            })
    void whatHal0RefusesTheSchemaRefuses(String toml) throws Exception {
        assertThat(Settings.of("config.toml", toml, sections.ofConfig()).usable()).isFalse();
        assertThat(faults(toml)).isNotEmpty();
    }

    @Test
    void aKeySaysWhatHoldsWithoutItAndWhenAChangeOfItDoes() {
        JsonNode port = schema.at("/properties/relay/properties/port");
        assertThat(port.path("default").asInt()).isEqualTo(8080);
        assertThat(port.path("x-applies").asText()).isEqualTo("restart");
        JsonNode mode = schema.at("/properties/agent/properties/mode");
        assertThat(mode.path("default").asText()).isEqualTo("ask");
        assertThat(mode.path("x-applies").asText()).isEqualTo("live");
        assertThat(mode.path("enum")).hasSizeGreaterThan(2);
        assertThat(schema.at("/properties/relay/description").asText()).isNotEmpty();
    }
}
