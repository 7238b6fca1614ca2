package hal0.agent.hook;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.hook.HookSettings.Command;
import hal0.home.config.Settings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HooksSectionTest {
    private static Settings read(String toml) {
        return Settings.of("config.toml", toml, List.of(HooksSection.SECTION));
    }

    @Test
    void commandsAreTextsOrTablesInOrder() {
        HookSettings hooks =
                read("""
                [hooks]
                before_tool = [
                  "all.sh",
                  { tool = "shell|edit", command = "some.sh" },
                ]
                after_tool = [{ command = "format.sh" }]
                on_stop = ["done.sh"]
                """)
                        .orThrow()
                        .get(HooksSection.SECTION);
        assertThat(hooks.beforeTool())
                .containsExactly(
                        new Command("all.sh", List.of()),
                        new Command("some.sh", List.of("shell", "edit")));
        assertThat(hooks.afterTool()).containsExactly(new Command("format.sh", List.of()));
        assertThat(hooks.onStop()).containsExactly(new Command("done.sh", List.of()));
    }

    @Test
    void nothingIsRunWithoutATable() {
        assertThat(read("").orThrow().get(HooksSection.SECTION)).isEqualTo(HookSettings.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    on_stop = "x.sh"                          | config.toml:2: hooks.on_stop:
                    on_stop = [""]                            | hooks.on_stop: has an empty command
                    on_stop = [1]                             | config.toml:2: hooks.on_stop[0]: is the number 1, but must be text or a table
                    before_tool = ["a", {tool = "shell"}]     | config.toml:2: hooks.before_tool[1]: has no command
                    before_tool = [{comand = "a"}]            | did you mean "command"?
                    on_stop = [{tool = "a", command = "b"}]   | hooks.on_stop[0].tool: is not a known key
                    before = ["a"]                            | did you mean "before_tool"?
                    """)
    void whatIsWrongIsReportedWithItsPlace(String line, String problem) {
        assertThat(read("[hooks]\n" + line).problems())
                .anySatisfy(found -> assertThat(found).asString().contains(problem));
    }

    @ParameterizedTest
    @CsvSource({
        "'', shell, true",
        "shell, shell, true",
        "shell, shell_output, false",
        "shell|edit, edit, true",
        "github__*, github__close_issue, true",
        "github__*, gitlab__close_issue, false",
        "*, anything, true",
        "*_*_*, a_b, false",
        "a*a, a, false",
        "a**b, ab, true",
    })
    void aCommandIsForTheToolsThatItNames(String tools, String tool, boolean expected) {
        assertThat(Command.of("x", tools).isFor(tool)).isEqualTo(expected);
    }
}
