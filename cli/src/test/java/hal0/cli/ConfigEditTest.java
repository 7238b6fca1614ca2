package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 config edit` with an editor that is a script, and `hal0 config migrate`.
class ConfigEditTest {
    private static final String RIGHT = "# mine\n[active]\nprovider = \"demo\"\n";
    private static final String WRONG = "[relay]\nport = \"x\"\n";

    @TempDir Path folder;
    private Path config;

    @BeforeEach
    void write() throws IOException {
        config = Files.writeString(folder.resolve("config.toml"), RIGHT);
    }

    /// One that writes these texts, one after the other, and leaves the file alone when none is
    /// left.
    private String editor(String... texts) throws IOException {
        for (int i = 0; i < texts.length; i++) {
            Files.writeString(folder.resolve("text" + (i + 1)), texts[i]);
        }
        Path script =
                Files.writeString(
                        folder.resolve("the editor"),
                        """
                        #!/bin/sh
                        n=$(cat "%1$s/runs" 2>/dev/null || echo 0); n=$((n + 1)); echo $n > "%1$s/runs"
                        echo "$@" >> "%1$s/arguments"
                        [ ! -e "%1$s/text$n" ] || cat "%1$s/text$n" > "$2"
                        """
                                .formatted(folder));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        return "'" + script + "' --wait";
    }

    private Ended edit(String editor, String answers, String... arguments) throws Exception {
        List<String> command =
                Stream.concat(Stream.of("config", "edit"), Stream.of(arguments)).toList();
        return Hal0Process.in(folder)
                .set("EDITOR", editor)
                .input(answers)
                .run(command.toArray(String[]::new));
    }

    @Test
    void aRightTextTakesItsPlace() throws Exception {
        String text = "[active]\nprovider = \"demo\"\nmodel = \"demo\"\n";
        Ended ended = edit(editor(text), "");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(config).hasContent(text);
        assertThat(Files.readString(folder.resolve("arguments")))
                .startsWith("--wait ")
                .contains("/config.toml");
        assertThat(drafts()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereYetCanBeWritten() throws Exception {
        String text = "[[upstream]]\nname = \"groq\"\n";
        assertThat(edit(editor(text), "", "upstreams.toml").exit()).isZero();
        assertThat(folder.resolve("upstreams.toml")).hasContent(text);
        assertThat(edit(editor(text), "", "api.env").exit()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aWrongTextIsShownAndEditedAgain() throws Exception {
        Ended ended = edit(editor(WRONG, "# right\n" + RIGHT), "what\ne\n");
        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("config.toml:2: relay.port", "[e]dit again");
        assertThat(config).hasContent("# right\n" + RIGHT);
    }

    @Test
    void aWrongTextIsNeverSavedUnasked() throws Exception {
        Ended left = edit(editor(WRONG), "");
        assertThat(left.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(config).hasContent(RIGHT);
        assertThat(drafts())
                .singleElement()
                .satisfies(draft -> {
                    assertThat(draft).hasContent(WRONG);
                    assertThat(left.err()).contains(draft.toString());
                });
    }

    @Test
    void aWrongTextIsDroppedOrSavedAsToldTo() throws Exception {
        assertThat(edit(editor(WRONG, WRONG), "d\n").exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(config).hasContent(RIGHT);
        Ended saved = edit(editor(WRONG, WRONG), "s\n");
        assertThat(saved.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(saved.err()).contains("it has errors");
        assertThat(config).hasContent(WRONG);
        assertThat(drafts()).isEmpty();
    }

    @Test
    void whatAnotherProgramWroteMeanwhileStays() throws Exception {
        String other = "[active]\nprovider = \"groq\"\n";
        Path script =
                Files.writeString(
                        folder.resolve("meanwhile"),
                        "#!/bin/sh\nprintf '%%s' '%s' > '%s'\necho '# mine' >> \"$1\"\n"
                                .formatted(other, config));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Ended ended = edit(script.toString(), "");
        assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err())
                .contains("changed by another program", drafts().getFirst().toString());
        assertThat(config).hasContent(other);
    }

    @Test
    void anEditorThatFailsChangesNothing() throws Exception {
        Ended ended = edit("false", "");
        assertThat(ended.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(ended.err()).contains("false ended with 1");
        assertThat(config).hasContent(RIGHT);
        assertThat(edit(editor(), "").err()).contains("No change.");
    }

    private List<Path> drafts() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("state"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().endsWith(".toml"))
                    .toList();
        }
    }

    @Test
    void theOldTableBecomesTodaysAndItsKeyLeavesTheFile() throws Exception {
        String old =
                """
                # top
                [relay]
                port = 9999

                [provider]
                id = "mine"
                base_url = "http://h.test/v1"
                model = "m1"
                api_key = "sk-old-secret-key"
                """;
        Files.writeString(config, old);
        Ended shown = Hal0Process.in(folder).run("config", "migrate");
        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out())
                .contains(
                        "-[provider]\n", "+[active]\n", "+provider = \"mine\"\n", "***REDACTED***")
                .doesNotContain("sk-old");
        assertThat(shown.err()).contains("MINE_API_KEY", "--yes").doesNotContain("sk-old");
        assertThat(config).hasContent(old);

        Ended written = Hal0Process.in(folder).run("config", "migrate", "--yes");
        assertThat(written.exit()).as(written.err()).isZero();
        assertThat(Files.readString(config))
                .isEqualTo(
                        """
                        # top
                        [relay]
                        port = 9999

                        [active]
                        provider = "mine"
                        model = "m1"

                        [providers.mine]
                        base_url = "http://h.test/v1"
                        api_key_env = "MINE_API_KEY"
                        """);
        assertThat(folder.resolve("api.env")).hasContent("MINE_API_KEY=sk-old-secret-key");
        Ended after = Hal0Process.in(folder).run("config", "validate");
        assertThat(after.out()).isEqualTo("No problems.\n");
        assertThat(Hal0Process.in(folder).run("config", "migrate").err()).contains("no old");
    }
}
