package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir Path folder;
    Launch launch;

    @BeforeEach
    void project() {
        launch = new Launch(folder);
    }

    @Nested
    class SearchForAJdk {
        @Test
        void hal0JavaHomeComesFirst() throws Exception {
            Path wanted = launch.jdk("wanted", "25.0.3");
            launch.set("HAL0_JAVA_HOME", wanted).set("JAVA_HOME", launch.jdk("other", "26"));
            assertThat(launch.run().out()).contains("java=" + wanted + "/bin/java");
        }

        @Test
        void wrongHal0JavaHomeIsAnErrorThatSaysWhy() throws Exception {
            launch.jdk("system/usr/lib/jvm/good", "25");
            Path old = launch.jdk("old", "17.0.15");
            Launch.Result result = launch.set("HAL0_JAVA_HOME", old).run();
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.err()).contains("HAL0_JAVA_HOME is " + old, "it is version 17");
            assertThat(result.out()).isEmpty();

            assertThat(launch.set("HAL0_JAVA_HOME", "/no/such").run().err())
                    .contains("there is no such folder");
        }

        @Test
        void jreWithoutCompilerIsRefused() throws Exception {
            Path jre = launch.jdk("jre", "25");
            Files.delete(jre.resolve("bin/javac"));
            assertThat(launch.set("HAL0_JAVA_HOME", jre).run().err()).contains("it is a JRE");
        }

        @Test
        void oldJavaHomeIsPassedOverForOneInTheUsualFolders() throws Exception {
            launch.set("JAVA_HOME", launch.jdk("old", "1.8.0_402"));
            launch.jdk("system/usr/lib/jvm/a-21", "21.0.2");
            Path found = launch.jdk("system/usr/lib/jvm/b 25", "25");
            assertThat(launch.run().out()).contains("java=" + found + "/bin/java");
        }

        @Test
        void ofSeveralInTheUsualFoldersTheOneHal0IsDevelopedWithIsTaken() throws Exception {
            Path newer = launch.jdk("system/usr/lib/jvm/a-27", "27-ea");
            Path same = launch.jdk("home/.jdks/temurin-25", "25.0.3");
            assertThat(launch.run().out()).contains("java=" + same + "/bin/java");
            Files.delete(same.resolve("bin/java"));
            assertThat(launch.run().out()).contains("java=" + newer + "/bin/java");
        }

        @Test
        void versionManagersAndMacFoldersAreSearched() throws Exception {
            for (String place :
                    new String[] {
                        "home/.sdkman/candidates/java/25-tem",
                        "home/.jdks/temurin-25",
                        "home/.local/share/mise/installs/java/25",
                        "home/.asdf/installs/java/25",
                        "system/opt/jdk-25",
                        "system/Library/Java/JavaVirtualMachines/x.jdk/Contents/Home"
                    }) {
                Path found = launch.jdk(place, "25.0.1");
                assertThat(launch.run().out()).contains("java=" + found + "/bin/java");
                Files.delete(found.resolve("bin/java"));
            }
        }

        @Test
        void javaOnPathIsFollowedThroughItsLinks() throws Exception {
            Path jdk = launch.jdk("elsewhere", "25");
            Files.delete(folder.resolve("bin/java"));
            Files.createSymbolicLink(folder.resolve("bin/java"), jdk.resolve("bin/java"));
            assertThat(launch.run().out()).contains("java=" + jdk + "/bin/java");
        }

        @Test
        void shimOnPathIsAskedWhereItsJdkIs() throws Exception {
            Path jdk = launch.jdk("managed", "25");
            Files.delete(folder.resolve("bin/javac"));
            launch.write("bin/java", Launch.JAVA, true);
            assertThat(launch.set("SHIM_HOME", jdk).run().out())
                    .contains("java=" + jdk + "/bin/java");
        }

        @Test
        void jdkWithoutReleaseFileIsAskedForItsVersion() throws Exception {
            launch.bare("system/opt/a", "21.0.1");
            Path found = launch.bare("system/opt/b", "25-ea");
            assertThat(launch.run().out()).contains("java=" + found + "/bin/java");
        }

        @Test
        void withoutAnyItSaysWhatToInstallAndWhatWasTooOld() throws Exception {
            launch.jdk("system/usr/lib/jvm/java-21", "21.0.2");
            Launch.Result result = launch.run("--version");
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .contains("no JDK 25", "java-21 (21)", "apt install", "export HAL0_JAVA_HOME=");
        }
    }

    @Nested
    class Build {
        @BeforeEach
        void jdk() {
            launch.jdk("system/opt/jdk", "25");
        }

        @Test
        void happensOnceAndAgainWhenASourceIsNewerOrGone() throws Exception {
            assertThat(launch.run().err()).contains("building [1/2] hal0 home", "built in");
            assertThat(launch.run().err()).isEmpty();
            assertThat(launch.builds()).hasSize(1);

            Path source = launch.project().resolve("cli/src/main/java/Main.java");
            Files.writeString(source, "class Main {}");
            launch.run();
            assertThat(launch.builds()).hasSize(2);

            Files.delete(source);
            launch.run();
            assertThat(launch.builds()).hasSize(3);
        }

        @Test
        void usesTheJdkThatWasFound() throws Exception {
            launch.set("JAVA_HOME", launch.jdk("old", "17")).run();
            assertThat(launch.project().resolve("cli/target/lib/hal0.jar"))
                    .content()
                    .contains("/system/opt/jdk");
        }

        @Test
        void failureShowsTheErrorsAndWhereTheLogIsAndStartsNothing() throws Exception {
            Launch.Result result = launch.set("MVN_FAILS", "yes").run();
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err())
                    .contains(
                            "Broken.java:[3,1] ';' expected",
                            "Doubtful.java:[9,2] [unchecked]",
                            "target/hal0/build.log")
                    .doesNotContain("Re-run Maven", "something else");
            assertThat(launch.set("MVN_FAILS", "").run().exit()).isZero();
        }

        @Test
        void missingMavenIsSaid() throws Exception {
            for (String tool : new String[] {"readlink", "find", "mkdir", "ln", "rm"}) {
                String call = "#!/bin/sh\nPATH=/usr/bin:/bin exec " + tool + " \"$@\"\n";
                launch.write("tools/" + tool, call, true);
            }
            Path tools = folder.resolve("tools");
            Launch.Result result = launch.set("PATH", tools).run();
            assertThat(result.exit()).isEqualTo(1);
            assertThat(result.err()).contains("Maven (mvn) is needed", "apt install maven");
        }

        @Test
        void twoStartsAtOnceBuildOnce() throws Exception {
            Path gate = folder.resolve("gate");
            launch.set("MVN_WAITS", gate);
            Path script = launch.project().resolve("scripts/hal0");
            Process first = launch.start(script);
            awaitLine(first, "building [1/2]");
            Process second = launch.start(script);
            awaitLine(second, "waiting for the build of process " + first.pid());
            Files.createFile(gate);
            assertThat(Launch.finish(first).exit()).isZero();
            assertThat(Launch.finish(second).exit()).isZero();
            assertThat(launch.builds()).hasSize(1);
        }

        @Test
        void lockOfAKilledBuildIsTakenAway() throws Exception {
            Process dead = new ProcessBuilder("true").start();
            dead.waitFor();
            Path work = Files.createDirectories(launch.project().resolve("target/hal0"));
            Files.createSymbolicLink(work.resolve("lock"), Path.of(Long.toString(dead.pid())));
            assertThat(launch.run().exit()).isZero();
            assertThat(work.resolve("lock").toFile()).doesNotExist();
        }

        @Test
        void jarsOfAProgramThatRunsAreKept() throws Exception {
            launch.run();
            Path work = launch.project().resolve("target/hal0");
            Path running = work.resolve(Files.readString(work.resolve("built")).strip());
            long here = ProcessHandle.current().pid();
            Files.writeString(running.resolve("users"), here + "\n");
            edit();
            launch.run();
            assertThat(running).isDirectoryContaining("glob:**/hal0.jar");

            Files.delete(running.resolve("users"));
            edit();
            launch.run();
            assertThat(running).doesNotExist();
        }

        private void edit() throws Exception {
            Files.writeString(launch.project().resolve("cli/pom.xml"), "<project></project>");
        }

        private static void awaitLine(Process process, String text) throws Exception {
            String line;
            do {
                line = process.errorReader().readLine();
                assertThat(line).as("ended without saying: " + text).isNotNull();
            } while (!line.contains(text));
        }
    }

    @Nested
    class Start {
        @BeforeEach
        void jdk() {
            launch.jdk("system/opt/jdk", "25");
        }

        @Test
        void argumentsPassThroughUnchangedAndTheFolderOfTheCallerStays() throws Exception {
            assertThat(launch.run("ask", "two words", "", "*", "--x=\"y\"").out())
                    .contains("cwd=" + folder.toRealPath() + "\n")
                    .endsWith("/hal0.jar\nask\ntwo words\n\n*\n--x=\"y\"\n");
        }

        @Test
        void worksThroughALink() throws Exception {
            Path link = folder.resolve("my hal0");
            Files.createSymbolicLink(link, launch.project().resolve("scripts/hal0"));
            assertThat(Launch.finish(launch.start(link, "a")).out()).endsWith("/hal0.jar\na\n");
        }

        @Test
        void serverIsCompiledFullyAndShortCommandsAreNot() throws Exception {
            assertThat(launch.run("ask").out()).contains("-XX:TieredStopAtLevel=1");
            assertThat(launch.run("--config-dir", "x", "serve").out())
                    .contains("-Xmx1g")
                    .doesNotContain("TieredStopAtLevel");
            assertThat(launch.run("ask", "serve").out()).contains("-XX:TieredStopAtLevel=1");
        }

        @Test
        void withoutALocaleTextIsUtf8() throws Exception {
            launch.set("LANG", "").set("LC_CTYPE", "").set("LC_ALL", "");
            assertThat(launch.run("ask").out()).contains("locale=C.UTF-8\n");
            assertThat(launch.run().out()).contains("locale=C.UTF-8\n");
            launch.set("LC_ALL", "C");
            assertThat(launch.run("ask").out()).contains("locale=C.UTF-8\n");
            for (String command : List.of("run", "memory", "providers", "usage", "doctor")) {
                assertThat(launch.run(command).out()).as(command).contains("locale=C.UTF-8\n");
            }
            assertThat(launch.run().out()).as("the screen was told").contains("locale=C\n");
            launch.set("LC_ALL", "de_DE.ISO-8859-1");
            assertThat(launch.run("ask").out()).contains("locale=de_DE.ISO-8859-1\n");
        }

        @Test
        void hal0JavaOptsComeAfterOurs() throws Exception {
            assertThat(launch.set("HAL0_JAVA_OPTS", "-Xmx2g -Da=*").run().out())
                    .containsSubsequence("-Xmx512m\n", "-Xmx2g\n", "-Da=*\n", "-jar\n");
        }
    }
}
