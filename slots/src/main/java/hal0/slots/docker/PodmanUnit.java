package hal0.slots.docker;

import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A unit of systemd that starts a slot's container with `podman run`, for those who want the
/// service manager to start it. It is the very container that hal0 would start, so that a relay
/// finds it and takes it over.
///
/// **Source** podman-generate-systemd(1) of Podman 4.3
/// (https://docs.podman.io/en/v4.3/markdown/podman-generate-systemd.1.html) for the flags that let
/// systemd follow a container, systemd.service(5) and systemd.syntax(7) for quotes, `%` and `$`,
/// systemd.exec(5) for `EnvironmentFile=`; read 2026-11-21.
public final class PodmanUnit {
    private static final int GRACE_SECONDS = 10;

    private PodmanUnit() {}

    /// The name of a slot's unit.
    public static String name(String slot) {
        return "hal0-slot@" + slot + ".service";
    }

    /// **Shape** `podman` is the program with its path; `variables` is the file that has what
    /// [#variables] gives, which is read where there are variables.
    ///
    /// **Errors** `CONFIG_ERROR` as when it is started.
    public static String text(Launch launch, HomeMark home, Path podman, Path variables) {
        ContainerSpec spec = ContainerPlan.of(launch, home, DeviceNodes.ofMachine());
        String environment =
                spec.env().isEmpty()
                        ? ""
                        : "EnvironmentFile=%s\n".formatted(variables.toString().replace("%", "%%"));
        return text(spec, launch, podman, environment);
    }

    /// The variables of the container, in the form of systemd's `EnvironmentFile=`, empty without
    /// any. They may be secrets, and a unit can be read by everybody: `systemctl show` shows what
    /// stands in it.
    public static String variables(Launch launch, HomeMark home) {
        ContainerSpec spec = ContainerPlan.of(launch, home, DeviceNodes.ofMachine());
        return new TreeMap<>(spec.env())
                .entrySet().stream()
                        .map(variable ->
                                "%s=\"%s\"\n"
                                        .formatted(
                                                variable.getKey(), inQuotes(variable.getValue())))
                        .collect(Collectors.joining());
    }

    /// As a shell has it; `%` is a letter as any other there.
    private static String inQuotes(String value) {
        return value.replaceAll("[\"\\\\`$]", "\\\\$0");
    }

    private static String text(ContainerSpec spec, Launch launch, Path podman, String environment) {
        return """
        # Written by `hal0 slots unit %1$s`; write it again after the slot was changed.
        [Unit]
        Description=hal0 slot %1$s
        Wants=network-online.target
        After=network-online.target
        RequiresMountsFor=%%t/containers

        [Service]
        Type=notify
        NotifyAccess=all
        Environment=PODMAN_SYSTEMD_UNIT=%%n
        %2$sRestart=on-failure
        RestartSec=5
        TimeoutStartSec=infinity
        TimeoutStopSec=%3$d
        ExecStart=%4$s
        ExecStop=%5$s stop --ignore -t %6$d --cidfile=%%t/%%n.ctr-id
        ExecStopPost=%5$s rm -f --ignore -t %6$d --cidfile=%%t/%%n.ctr-id

        [Install]
        WantedBy=default.target
        """
                .formatted(
                        launch.slot(),
                        environment,
                        GRACE_SECONDS + 60,
                        run(spec, podman),
                        quoted(podman.toString()),
                        GRACE_SECONDS);
    }

    private static String run(ContainerSpec spec, Path podman) {
        List<String> words = new ArrayList<>();
        words.add(quoted(podman.toString()));
        words.addAll(
                List.of(
                        "run",
                        "--cidfile=%t/%n.ctr-id",
                        "--cgroups=no-conmon",
                        "--sdnotify=conmon",
                        "--rm",
                        "--replace",
                        "-d"));
        options(spec).forEach(option -> words.add(quoted(option)));
        words.add(quoted(spec.image()));
        spec.command().forEach(word -> words.add(quoted(word)));
        return String.join(" \\\n    ", words);
    }

    private static List<String> options(ContainerSpec spec) {
        List<String> options = new ArrayList<>();
        options.add("--name=" + spec.name());
        new TreeMap<>(spec.labels())
                .forEach((name, value) -> options.add("--label=" + name + "=" + value));
        options.add("--publish=%s:%d:%d".formatted(DockerForm.LOOPBACK, spec.port(), spec.port()));
        // By name: their values show in no list of processes.
        new TreeMap<>(spec.env()).keySet().forEach(name -> options.add("--env=" + name));
        for (ContainerSpec.Bind bind : spec.binds()) {
            options.add(mount(bind));
        }
        spec.devices()
                .forEach(node -> options.add("--device=" + node.from() + ":" + node.to() + ":rwm"));
        if (spec.nvidiaGpu() != null) {
            options.add("--device=nvidia.com/gpu=" + spec.nvidiaGpu());
        }
        spec.groups().stream().sorted().forEach(group -> options.add("--group-add=" + group));
        options.add("--cap-drop=all");
        spec.capabilities().stream()
                .sorted()
                .forEach(capability -> options.add("--cap-add=" + capability));
        options.add("--security-opt=no-new-privileges");
        if (!spec.binds().isEmpty()) {
            options.add("--security-opt=label=disable");
        }
        options.add("--systemd=false");
        options.add("--shm-size=%d".formatted(ContainerSpec.SHARED_MEMORY_BYTES));
        options.add("--log-driver=k8s-file");
        options.add("--log-opt=max-size=%d".formatted(ContainerSpec.LOG_BYTES));
        if (spec.memoryMb() > 0) {
            options.add("--memory=%dm".formatted(spec.memoryMb()));
            options.add("--memory-swap=%dm".formatted(spec.memoryMb()));
        }
        if (spec.cpus() > 0) {
            options.add("--cpus=" + spec.cpus());
        }
        return options;
    }

    /// **Errors** `CONFIG_ERROR` for a path that cannot be told: a comma would end it.
    private static String mount(ContainerSpec.Bind bind) {
        String paths = bind.from() + bind.to();
        if (paths.contains(",")) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "%s cannot be mounted by a unit: a path with a comma ends there; rename the file"
                            .formatted(bind.from()));
        }
        return "--mount=type=bind,src=%s,dst=%s,ro=true".formatted(bind.from(), bind.to());
    }

    /// A word of a command line, in which systemd fills in nothing.
    static String quoted(String word) {
        return assigned(word.replace("$", "$$"));
    }

    /// The right side of a setting; there `$` is a letter as any other.
    private static String assigned(String text) {
        if (!text.isEmpty() && text.matches("[A-Za-z0-9_./:=@,+-]*")) {
            return text;
        }
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '%' -> out.append("%%");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                default -> out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
