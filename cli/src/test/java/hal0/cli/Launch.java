package hal0.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A copy of `scripts/` in a project that is only folders, with JDKs and a Maven that are shell
/// scripts: what the launcher decides, without the minutes of a build.
final class Launch {
    static final String JAVA =
            """
            #!/bin/sh
            case "$*" in
                *XshowSettings*) echo "    java.home = $SHIM_HOME" >&2 ;;
                -version) echo 'openjdk version "'$(cat "${0%/bin/java}/asked")'" 2026-01-01' >&2 ;;
                *) printf '%s\\n' "cwd=$PWD" "locale=${LC_ALL:-}" "java=$0" "$@" ;;
            esac
            """;

    private static final String MVN =
            """
            #!/bin/sh
            tests() {
                mkdir -p cli/target/surefire-reports home/target/surefire-reports
                printf '<?xml version="1.0"?>\\n<testsuite name="A" time="1" tests="3" errors="0" skipped="1" failures="0">\\n<testcase name="tests=9"/>' \\
                    > cli/target/surefire-reports/TEST-a.xml
                printf '<?xml version="1.0"?>\\n<testsuite name="B" tests="40" errors="1" skipped="0" failures="2">' \\
                    > home/target/surefire-reports/TEST-b.xml
                env > "$MVN_RUNS.env"
                exit "${TESTS_EXIT:-0}"
            }
            echo "$*" >> "$MVN_RUNS"
            echo "[INFO] Building hal0 home 0.1.0          [1/2]"
            [ -z "$MVN_FAILS" ] || {
                echo "[WARNING] /x/Doubtful.java:[9,2] [unchecked] unchecked cast"
                echo "[WARNING] something else"
                echo "[ERROR] Broken.java:[3,1] ';' expected"
                echo "[ERROR] Re-run Maven using the -X switch"
                exit 1
            }
            [ -z "$MVN_WAITS" ] || until [ -e "$MVN_WAITS" ]; do sleep 0.02; done
            case "$*" in
                *spotless:check*) exit ;;
                *-Dtest="${TESTS_FAIL:-none}"*) exit 1 ;;
                *-Dtest=*) tests ;;
            esac
            mkdir -p cli/target/lib
            echo "$JAVA_HOME" > cli/target/lib/hal0.jar
            """;

    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();

    Launch(Path folder) {
        this.folder = folder;
        Path scripts = Path.of(System.getProperty("hal0.root"), "scripts");
        for (String name :
                List.of(
                        "hal0",
                        "test",
                        "dev",
                        "lib.sh",
                        "launch.sh",
                        "build.sh",
                        "build.d/Caches.java",
                        "build.d/Jars.java")) {
            write("project dir/scripts/" + name, read(scripts.resolve(name)), true);
        }
        write("project dir/.ci/run", read(scripts.resolveSibling(".ci/run")), true);
        write("project dir/pom.xml", "<project/>", false);
        write("project dir/.mvn/jvm.config", "", false);
        write("project dir/cli/pom.xml", "<project/>", false);
        write("project dir/cli/src/main/java/Main.java", "", false);
        write("bin/mvn", MVN, true);
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", folder.resolve("home").toString());
        environment.put("HAL0_JDK_ROOT", folder.resolve("system").toString());
        environment.put("MVN_RUNS", folder.resolve("runs").toString());
        for (String tool : List.of("java", "javac")) {
            // Hides the ones of the machine.
            write("bin/" + tool, "#!/bin/sh\nexit 1\n", true);
        }
    }

    Path project() {
        return folder.resolve("project dir");
    }

    Launch set(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    /// A folder that looks like a JDK with a release file.
    Path jdk(String name, String version) {
        write(name + "/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n", false);
        return bare(name, version);
    }

    /// One without: it has to be asked.
    Path bare(String name, String version) {
        write(name + "/asked", version, false);
        write(name + "/bin/java", JAVA, true);
        write(name + "/bin/javac", "", true);
        return folder.resolve(name);
    }

    void write(String name, String text, boolean executable) {
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            if (executable) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The arguments of each call of Maven.
    List<String> builds() {
        Path runs = folder.resolve("runs");
        return Files.exists(runs) ? read(runs).lines().toList() : List.of();
    }

    /// The environment in which the tests ran.
    List<String> testEnvironment() {
        return read(folder.resolve("runs.env")).lines().toList();
    }

    Process start(Path script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    Result run(String... arguments) throws Exception {
        return finish(start(project().resolve("scripts/hal0"), arguments));
    }

    static Result finish(Process process) throws Exception {
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), out, err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    record Result(int exit, String out, String err) {}
}
