package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole tasks of `hal0 run`, several answers long, in each dialect; aimock is the model.
@Tag("npm")
class RunNpmTest {
    @TempDir Path folder;
    private Path work;
    private Aimock aimock;
    private TestHome home;

    @BeforeEach
    void start() throws Exception {
        String npm = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                npm != null && !npm.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        aimock =
                Aimock.start(
                        Path.of(npm),
                        Path.of(RunNpmTest.class.getResource("/npm/agent-fixtures.json").toURI()));
        home = new TestHome(Files.createDirectory(folder.resolve("home")));
        home.config(
                """
                [providers.oa]
                base_url = "%1$s/v1"
                [providers.re]
                compatibility = "openai-responses"
                base_url = "%1$s/v1"
                [providers.an]
                compatibility = "anthropic-compatible"
                base_url = "%1$s"
                [providers.ge]
                compatibility = "gemini"
                base_url = "%1$s/v1beta"
                """
                        .formatted(aimock.address()));
        work = Files.createDirectory(folder.resolve("work")).toRealPath();
        Files.writeString(work.resolve("calc.sh"), "echo $(($1 - $2))\n");
        Files.writeString(
                work.resolve("test.sh"), "test \"$(sh calc.sh 2 3)\" = 5 && echo passed\n");
    }

    @AfterEach
    void stop() throws Exception {
        if (aimock != null) {
            aimock.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oa/gpt-4o", "re/gpt-4o", "an/claude-sonnet-4-5", "ge/gemini-2.5-pro"})
    void failingTestIsFixed(String model) throws Exception {
        Ended done =
                run(
                        model,
                        "The test fails; fix it.",
                        "--mode",
                        "edit",
                        "--allow",
                        "shell(sh test.sh)");
        assertThat(done.exit()).as(done.err()).isEqualTo(ExitCode.DONE);
        assertThat(done.out()).endsWith("calc.sh adds now, and the test passes.\n");
        assertThat(work.resolve("calc.sh")).hasContent("echo $(($1 + $2))\n");
        assertThat(log()).contains("[exit code 1]", "passed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oa/gpt-4o", "re/gpt-4o", "an/claude-sonnet-4-5", "ge/gemini-2.5-pro"})
    void nameIsChangedInSeveralFilesAtOnce(String model) throws Exception {
        Files.writeString(work.resolve("a.txt"), "first\noldName is made here\nlast");
        Files.writeString(work.resolve("b.txt"), "uses\r\noldName\r\n");
        Ended done = run(model, "Rename oldName to newName.", "--mode", "edit");
        assertThat(done.exit()).as(done.err()).isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(work.resolve("a.txt")))
                .isEqualTo("first\nnewName is made here\nlast");
        assertThat(work.resolve("b.txt")).doesNotExist();
        assertThat(Files.readString(work.resolve("sub/c.txt"))).isEqualTo("uses\r\nnewName\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oa/gpt-4o", "re/gpt-4o", "an/claude-sonnet-4-5", "ge/gemini-2.5-pro"})
    void deletingIsDeniedAndTheRuleNamed(String model) throws Exception {
        Path kept = Files.createDirectories(work.resolve("kept/deep")).resolve("file");
        Files.writeString(kept, "dear");
        Ended done = run(model, "Clean up.", "--mode", "edit");
        assertThat(done.exit()).as(done.err()).isEqualTo(ExitCode.DENIED);
        assertThat(done.out()).isEqualTo("I may not delete it.\n");
        assertThat(done.err()).contains("denied", "shell(rm");
        assertThat(kept).hasContent("dear");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oa/gpt-4o", "re/gpt-4o", "an/claude-sonnet-4-5", "ge/gemini-2.5-pro"})
    void undoBringsEveryByteBack(String model) throws Exception {
        Files.write(work.resolve("picture.bin"), new byte[] {0, -1, 13, 10, 0, 7});
        Files.writeString(work.resolve("crlf.txt"), "ä\r\nb\n");
        Files.createDirectory(work.resolve("sub"));
        Files.writeString(work.resolve("sub/gone.txt"), "gone");
        Files.writeString(
                work.resolve("spoil.sh"),
                "printf x >>picture.bin; rm sub/gone.txt; mv crlf.txt moved.txt; echo made >made.txt; chmod 700 test.sh\n");
        Map<String, String> before = files();
        Ended done = run(model, "Spoil it.", "--mode", "edit", "--allow", "shell(sh spoil.sh)");
        assertThat(done.exit()).as(done.err()).isEqualTo(ExitCode.DONE);
        assertThat(files())
                .isNotEqualTo(before)
                .containsKey("moved.txt")
                .doesNotContainKey("sub/gone.txt");
        Ended undone = home.hal0().at(work).run("sessions", "undo", "last", "--yes");
        assertThat(undone.exit()).as(undone.err()).isZero();
        assertThat(files()).isEqualTo(before);
    }

    private Ended run(String model, String task, String... more) throws Exception {
        String[] all =
                Stream.concat(Stream.of("run", "-m", model, task), Stream.of(more))
                        .toArray(String[]::new);
        return home.hal0().at(work).run(all);
    }

    /// What the session holds.
    private String log() throws IOException {
        return Files.readString(home.sessions().getFirst());
    }

    /// Name, mode and every byte of each file.
    private Map<String, String> files() throws IOException {
        Map<String, String> all = new TreeMap<>();
        try (Stream<Path> found = Files.walk(work)) {
            for (Path each : found.filter(Files::isRegularFile).toList()) {
                all.put(
                        work.relativize(each).toString(),
                        Files.getPosixFilePermissions(each)
                                + Base64.getEncoder().encodeToString(Files.readAllBytes(each)));
            }
        }
        return all;
    }
}
