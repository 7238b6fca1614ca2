package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeveloperScriptsTest {
    @TempDir Path folder;
    Launch launch;

    @BeforeEach
    void project() {
        launch = new Launch(folder);
        launch.set("JAVA_HOME", launch.jdk("jdk", "25"));
        for (String tool : new String[] {"node", "npm", "tmux", "cc"}) {
            launch.write("bin/" + tool, "#!/bin/sh\n", true);
        }
        launch.set("TMPDIR", folder.resolve("temporary files"));
        launch.write(
                "project dir/scripts/engines",
                """
                #!/bin/sh
                echo "$1" >>"%s"
                [ "$1" = stop ] || echo 'export HAL0_TEST_DOCKER=unix:///engine.sock'
                """
                        .formatted(folder.resolve("engines")),
                true);
        launch.write(
                "project dir/scripts/tour",
                """
                #!/bin/sh
                echo "$*" >>"%s"
                exit "${TOUR_EXIT:-0}"
                """
                        .formatted(folder.resolve("tours")),
                true);
    }

    @Test
    void mainFileOver400LinesFailsTheCheckAndOver250IsListed() throws Exception {
        file("Fine.java", 250);
        file("Long.java", 251);
        assertThat(run("scripts/dev", "check"))
                .returns(0, Launch.Result::exit)
                .extracting(Launch.Result::err)
                .asString()
                .contains("cli/src/main/java/Long.java: 251 lines\n")
                .doesNotContain("Fine.java");

        file("TooLong.java", 401);
        assertThat(run("scripts/dev", "check"))
                .returns(1, Launch.Result::exit)
                .extracting(Launch.Result::err)
                .asString()
                .contains("TooLong.java: 401 lines, more than 400", "split it");
    }

    @Test
    void scriptThatCannotBeParsedFailsTheCheck() throws Exception {
        launch.write("project dir/scripts/broken.sh", "if true\n", false);
        assertThat(run("scripts/dev", "check").exit()).isEqualTo(1);
    }

    @Test
    void oneModuleIsTestedWithWhatItNeedsButNotTheirTests() throws Exception {
        run("scripts/test", "cli");
        assertThat(launch.builds())
                .singleElement()
                .asString()
                .contains("-pl cli -am", "-Dtest=hal0/cli/**");
        assertThat(run("scripts/test", "clu").err()).contains("there is no module clu");
    }

    @Test
    void allTestsRunOnceAfterWhatTheyTestIsBuilt() throws Exception {
        launch.write("project dir/home/pom.xml", "<project/>", false);
        assertThat(run("scripts/test").exit()).isZero();
        assertThat(launch.builds()).hasSize(3);
        assertThat(launch.builds().getFirst()).endsWith("-DskipTests package");
        assertThat(launch.builds())
                .filteredOn(
                        build -> build.contains("-Dtest=hal0/cli/**,!hal0/cli/DashboardNpmTest "))
                .hasSize(1);
        assertThat(launch.builds())
                .filteredOn(
                        build -> build.contains("-Dtest=hal0/home/**,hal0/cli/DashboardNpmTest "))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hal0/home/", "hal0/cli/"})
    void failureOfEitherHalfIsOne(String half) throws Exception {
        launch.write("project dir/home/pom.xml", "<project/>", false);
        launch.set("TESTS_FAIL", half);
        assertThat(run("scripts/test").exit()).isEqualTo(1);
    }

    @Test
    void buildServerSumsTheTestsOfAllModules() throws Exception {
        Launch.Result result = run(".ci/run");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).endsWith("Tests run: 43, Failures: 2, Errors: 1, Skipped: 1\n");
    }

    @Test
    void buildServerFailsWhenTheTestsDoAndStillSumsThem() throws Exception {
        Launch.Result result = failing();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).contains("Tests run: 43,");
    }

    @Test
    void buildServerWalksThroughReadmeAndFailsWhereThatDoesNotWork() throws Exception {
        assertThat(run(".ci/run").exit()).isZero();
        assertThat(folder.resolve("tours")).hasContent("--check\n");
        launch.set("TOUR_EXIT", "1");
        assertThat(run(".ci/run").exit()).isEqualTo(1);
    }

    @Test
    void buildServerFailsWhenNoTestRan() throws Exception {
        launch.write("bin/mvn", "#!/bin/sh\n", true);
        assertThat(run(".ci/run").exit()).isEqualTo(1);
    }

    @Test
    void whatIsLeftOverInTheEnvironmentDoesNotReachTheTests() throws Exception {
        launch.set("HAL0_HOME", "/left/over")
                .set("HAL0_JAVA_HOME", "/left/over")
                .set("OPENAI_API_KEY", "left over")
                .set("MAVEN_OPTS", "-Dleft=over")
                .set("JAVA_TOOL_OPTIONS", "-Dleft=over");
        assertThat(run(".ci/run").exit()).isZero();
        assertThat(launch.testEnvironment())
                .noneMatch(line -> line.contains("left"))
                .anyMatch(line -> line.startsWith("HAL0_TEST_NPM=" + folder))
                .contains("HAL0_TEST_DOCKER=unix:///engine.sock", "HAL0_TEST_ENGINES=1");
    }

    @Test
    void buildServerEndsTheEnginesThatItStarted() throws Exception {
        failing();
        assertThat(folder.resolve("engines")).hasContent("start\nstop\n");
    }

    private Launch.Result failing() throws Exception {
        launch.set("TESTS_EXIT", "1");
        return run(".ci/run");
    }

    private Launch.Result run(String script, String... arguments) throws Exception {
        return Launch.finish(launch.start(launch.project().resolve(script), arguments));
    }

    private void file(String name, int lines) throws Exception {
        Path file = launch.project().resolve("cli/src/main/java").resolve(name);
        Files.writeString(file, "//\n".repeat(lines));
    }
}
