package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.tui.state.UiEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Editors are scripts that are really run.
class EditorTest {
    @TempDir Path folder;

    @Test
    void whatTheEditorWroteIsThePromptAndItsFileIsPrivateAndGone() throws IOException {
        Path seen = folder.resolve("seen");
        String script =
                script(
                        "ls -l \"$2\" | cut -c1-10 > %s; echo $1 >> %s; cat \"$2\" >> %s; echo \"$2\" >> %s; printf 'new\\ntext\\n' > \"$2\""
                                .replace("%s", seen.toString()));
        UiEvent edited = new Editor(Map.of("EDITOR", script + " --wait")).edit("old");
        assertThat(edited).isEqualTo(new UiEvent.Edited("new\ntext"));
        var lines = Files.readAllLines(seen);
        assertThat(lines.get(0)).isEqualTo("-rw-------");
        assertThat(lines.get(1)).isEqualTo("--wait");
        assertThat(lines.get(2)).startsWith("old");
        assertThat(Path.of(lines.get(2).substring(3))).doesNotExist();
        assertThat(Path.of(lines.get(2).substring(3)).getParent()).doesNotExist();
    }

    @Test
    void visualComesBeforeEditor() throws IOException {
        String one = script("printf one > \"$1\"");
        UiEvent edited = new Editor(Map.of("VISUAL", one, "EDITOR", "false")).edit("");
        assertThat(edited).isEqualTo(new UiEvent.Edited("one"));
    }

    @Test
    void editorThatFailsOrIsMissingChangesNothingAndIsNamed() {
        for (String editor : new String[] {"false", "/no/such/editor"}) {
            assertThat(new Editor(Map.of("EDITOR", editor)).edit("old"))
                    .isInstanceOfSatisfying(
                            UiEvent.Refused.class,
                            refused -> assertThat(refused.message()).contains(editor));
        }
        assertThat(new Editor(Map.of("PATH", folder.toString())).edit("old"))
                .isInstanceOfSatisfying(
                        UiEvent.Refused.class,
                        refused -> assertThat(refused.message()).contains("EDITOR"));
    }

    private String script(String does) throws IOException {
        Path file = Files.createTempFile(folder, "editor", "");
        Files.writeString(file, "#!/bin/sh\n" + does + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file.toString();
    }
}
