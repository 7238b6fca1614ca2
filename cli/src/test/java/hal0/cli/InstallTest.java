package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `install` of an image, as somebody without a JDK calls it; the image's files are stand-ins.
class InstallTest {
    private static final Path ROOT = Path.of(System.getProperty("hal0.root"));

    @TempDir Path folder;
    private Path image;
    private Path prefix;

    private record Ended(int exit, String out) {}

    @BeforeEach
    void unpack() throws Exception {
        image = folder.resolve("hal0-1 linux");
        prefix = folder.resolve("my prefix");
        program("bin/hal0", "#!/bin/sh\necho hal0 1\n");
        program("runtime/bin/java", "#!/bin/sh\n");
        file("lib/launch.sh", "");
        file("lib/hal0.jar", "");
        file("share/bash-completion/completions/hal0", "complete");
        file(
                "share/systemd/user/hal0.service",
                Files.readString(ROOT.resolve("packaging/linux/hal0-user.service")));
        program("install", Files.readString(ROOT.resolve("scripts/install")));
    }

    private void file(String name, String text) throws IOException {
        Path file = image.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void program(String name, String text) throws IOException {
        file(name, text);
        Files.setPosixFilePermissions(
                image.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ended install(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(image.resolve("install").toString()));
        command.addAll(List.of("--prefix", prefix.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), out);
    }

    private List<String> below(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> path.relativize(file).toString())
                    .toList();
        }
    }

    @Test
    void whatIsInstalledRunsAndIsTakenAwayWhole() throws Exception {
        Ended installed = install();
        assertThat(installed.exit()).as(installed.out()).isZero();
        assertThat(installed.out()).contains("hal0 1 is installed", "not on your PATH");
        assertThat(prefix.resolve("bin/hal0")).isSymbolicLink().isExecutable();
        assertThat(prefix.resolve("share/bash-completion/completions/hal0")).hasContent("complete");
        assertThat(Files.readString(prefix.resolve("share/systemd/user/hal0.service")))
                .contains("ExecStart=\"%s/bin/hal0\" serve".formatted(prefix));
        Ended removed = install("--uninstall");
        assertThat(removed.exit()).as(removed.out()).isZero();
        assertThat(below(prefix)).isEmpty();
        assertThat(prefix.resolve("share")).doesNotExist();
    }

    @Test
    void aNewerOneTakesThePlaceOfTheOlder() throws Exception {
        install();
        program("bin/hal0", "#!/bin/sh\necho hal0 2\n");
        Files.delete(image.resolve("share/bash-completion/completions/hal0"));
        assertThat(install().out()).contains("hal0 2 is installed");
        assertThat(below(prefix)).noneMatch(file -> file.contains("completions"));
    }

    @Test
    void filesOfOthersStay() throws Exception {
        Path theirs = Files.createDirectories(prefix.resolve("bin")).resolve("hal0");
        Files.writeString(theirs, "theirs");
        Ended refused = install();
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.out()).contains(theirs.toString(), "nothing was changed", "--prefix");
        assertThat(below(prefix)).containsExactly("bin/hal0");
        Files.delete(theirs);
        install();
        Path completion = prefix.resolve("share/bash-completion/completions/hal0");
        Files.delete(completion);
        Files.writeString(completion, "theirs");
        assertThat(install("--uninstall").exit()).isZero();
        assertThat(below(prefix)).containsExactly("share/bash-completion/completions/hal0");
    }

    @Test
    void aTrialChangesNothing() throws Exception {
        assertThat(install("--dry-run").out())
                .contains("would copy", "would link " + prefix + "/bin/hal0");
        assertThat(below(prefix)).isEmpty();
        assertThat(install("--uninstall").out()).contains("hal0 is not installed below " + prefix);
        assertThat(install("--purge").out()).contains("unknown argument --purge");
    }

    @Test
    void whatIsNoImageIsSaidToBeNone() throws Exception {
        Files.delete(image.resolve("lib/hal0.jar"));
        assertThat(install().out()).contains("is no image of hal0: it has no lib/hal0.jar");
        assertThat(below(prefix)).isEmpty();
    }
}
