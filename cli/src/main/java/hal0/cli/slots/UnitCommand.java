package hal0.cli.slots;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.AtomicFile;
import hal0.slots.definition.Definition;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.docker.PodmanUnit;
import hal0.slots.runtime.HomeMark;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 slots unit NAME`: a unit of systemd that starts a slot.
@Command(
        name = "unit",
        description = {
            "Print a systemd unit that starts a slot with podman, for the service manager to run.",
            "A relay finds the container and takes it over, whoever started it."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 slots unit chat", "  hal0 slots unit chat --install"})
final class UnitCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "NAME", description = "The slot.")
    private String name = "";

    @Option(
            names = "--install",
            description = "Write it where systemd finds it: your own units, or root's.")
    private boolean install;

    UnitCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        SlotsHere slots = SlotsHere.open(console, home);
        Definition slot = slots.require(name);
        Integer port = requirePort(slot);
        requirePodman(slot);
        HomeMark mark = HomeMark.of(slots.configuration().home().config());
        Path beside =
                slots.configuration()
                        .home()
                        .state()
                        .resolve("slots")
                        .resolve(name)
                        .resolve("unit.env")
                        .toAbsolutePath();
        Launch launch =
                SlotsHere.told(
                        () -> slots.definitions().launch(name, null, RuntimeName.PODMAN, port));
        String unit =
                SlotsHere.told(
                        () -> PodmanUnit.text(launch, mark, podman(System.getenv("PATH")), beside));
        String variables = SlotsHere.told(() -> PodmanUnit.variables(launch, mark));
        if (!install) {
            console.out().print(unit);
            if (!variables.isEmpty()) {
                console.err()
                        .println(
                                "It takes its variables (%s) from %s, a line NAME=\"VALUE\" for each; --install writes that file too, for you alone to read."
                                        .formatted(
                                                String.join(
                                                        ", ", new TreeSet<>(launch.env().keySet())),
                                                beside));
            }
            return ExitCode.DONE;
        }
        if (!variables.isEmpty()) {
            Files.createDirectories(beside.getParent());
            AtomicFile.writePrivate(beside, variables.getBytes(UTF_8));
        }
        boolean root = "root".equals(System.getProperty("user.name"));
        Path file = folder(root, System.getenv()).resolve(PodmanUnit.name(name));
        Files.createDirectories(file.getParent());
        AtomicFile.writePrivate(file, unit.getBytes(UTF_8));
        String systemctl = root ? "systemctl" : "systemctl --user";
        console.err().println("Wrote %s. To start it, now and with the machine:".formatted(file));
        console.err()
                .println(
                        "  %1$s daemon-reload && %1$s enable --now hal0-slot@%2$s"
                                .formatted(systemctl, name));
        return ExitCode.DONE;
    }

    private Integer requirePort(Definition slot) {
        Integer port = slot.spec().slot().port();
        if (port == null) {
            throw new CommandException(
                    ExitCode.CONFIGURATION,
                    "slot %1$s has no port of its own, which a unit needs: hal0 slots edit %1$s --port 8081"
                            .formatted(name));
        }
        return port;
    }

    private void requirePodman(Definition slot) {
        switch (slot.runtime()) {
            case AUTO, PODMAN -> {}
            case DOCKER, PROCESS, SWARM ->
                    throw new CommandException(
                            ExitCode.CONFIGURATION,
                            "slot %s is for runtime \"%s\", and a unit starts it with podman: hal0 slots edit %s --runtime podman"
                                    .formatted(name, slot.runtime().word(), name));
        }
    }

    /// A unit needs the whole path; one for another machine gets the usual.
    static Path podman(@Nullable String path) {
        String folders = path == null ? "" : path;
        return Arrays.stream(folders.split(File.pathSeparator))
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, "podman"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("/usr/bin/podman"));
    }

    /// **Source** systemd.unit(5), the search path of units; read 2026-11-21.
    static Path folder(boolean root, Map<String, String> environment) {
        if (root) {
            return Path.of("/etc/systemd/system");
        }
        String config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base =
                config.startsWith("/")
                        ? Path.of(config)
                        : Path.of(System.getProperty("user.home"), ".config");
        return base.resolve("systemd/user");
    }
}
