package hal0.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.permission.Mode;
import hal0.home.config.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgentSettingsTest {
    private static Settings read(String toml) {
        return Settings.of("config.toml", toml, List.of(AgentSettings.SECTION));
    }

    private static AgentSettings of(String toml) {
        return read(toml).orThrow().get(AgentSettings.SECTION);
    }

    @Test
    void withoutATableItAsksAndMaySpeakSixtyFourTimes() {
        assertThat(of("")).isEqualTo(new AgentSettings(Mode.ASK, 64, 0.8, true, false));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(
                        of(
                                """
                                [agent]
                                mode = "auto"
                                max_turns = 5
                                compact_at = 0.5
                                compact = false
                                sandbox = true
                                """))
                .isEqualTo(new AgentSettings(Mode.AUTO, 5, 0.5, false, true));
    }

    @Test
    void compactionThatIsOffIsNeverDue() {
        assertThat(of("[agent]\ncompact = false").compaction()).isEqualTo(Compaction.OFF);
        assertThat(of("[agent]\ncompact_at = 0.5").compaction()).isEqualTo(new Compaction(0.5));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    mode = "yolo"     | config.toml:2: agent.mode: "yolo" is not one of ask, edit, auto, plan
                    max_turns = 0     | config.toml:2: agent.max_turns: is the number 0, but must be from 1
                    compact_at = 80   | config.toml:2: agent.compact_at: is the number 80.0, but must be a part
                    compact_at = 0    | config.toml:2: agent.compact_at: is the number 0, but must be at least 0.1
                    max_turn = 3      | did you mean "max_turns"?
                    """)
    void whatIsWrongIsReportedWithItsPlace(String line, String problem) {
        Settings settings = read("[agent]\n" + line);
        assertThat(settings.problems()).singleElement().asString().contains(problem);
        assertThat(settings.get(AgentSettings.SECTION)).isEqualTo(AgentSettings.USUAL);
    }
}
