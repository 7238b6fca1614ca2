package hal0.slots.docker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A container in Podman's own words, which know GPUs by name; Docker's words are taken by Podman
/// too, but those for GPUs go unheard before version 5.
///
/// **Source** `POST /libpod/containers/create` (https://docs.podman.io/en/v4.3/_static/api.html,
/// read 2026-11-21) and a Podman 4.3.1.
final class PodmanForm {
    static final String PATH = "/v4.0.0/libpod/containers/create";

    /// **Units** microseconds, over which a share of the processors is counted.
    private static final long PERIOD = 100_000;

    private PodmanForm() {}

    static Map<String, Object> body(ContainerSpec spec) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", spec.name());
        body.put("image", spec.image());
        body.put("labels", spec.labels());
        body.put("env", spec.env());
        if (!spec.command().isEmpty()) {
            body.put("command", spec.command());
        }
        body.put(
                "portmappings",
                List.of(
                        Map.of(
                                "host_ip",
                                DockerForm.LOOPBACK,
                                "host_port",
                                spec.port(),
                                "container_port",
                                spec.port(),
                                "protocol",
                                "tcp")));
        body.put("mounts", spec.binds().stream().map(PodmanForm::mount).toList());
        body.put("devices", devices(spec));
        body.put("groups", spec.groups().stream().map(String::valueOf).toList());
        body.put("cap_drop", List.of("ALL"));
        body.put("cap_add", List.copyOf(spec.capabilities()));
        body.put("no_new_privileges", true);
        if (!spec.binds().isEmpty()) {
            // Labels of SELinux would keep a user's model files out.
            body.put("selinux_opts", List.of("disable"));
        }
        body.put("restart_policy", "no");
        body.put("shm_size", ContainerSpec.SHARED_MEMORY_BYTES);
        body.put("systemd", "false");
        body.put(
                "log_configuration", Map.of("driver", "k8s-file", "size", ContainerSpec.LOG_BYTES));
        body.put("resource_limits", limits(spec));
        return body;
    }

    private static Map<String, Object> mount(ContainerSpec.Bind bind) {
        return Map.of(
                "type", "bind",
                "source", bind.from().toString(),
                "destination", bind.to(),
                "options", List.of("ro", "rbind"));
    }

    /// A GPU of NVIDIA has the name that its CDI specification gives it.
    private static List<Map<String, String>> devices(ContainerSpec spec) {
        List<Map<String, String>> devices = new ArrayList<>();
        for (ContainerSpec.Device node : spec.devices()) {
            devices.add(Map.of("path", node.from() + ":" + node.to() + ":rwm"));
        }
        Integer gpu = spec.nvidiaGpu();
        if (gpu != null) {
            devices.add(Map.of("path", "nvidia.com/gpu=" + gpu));
        }
        return devices;
    }

    private static Map<String, Object> limits(ContainerSpec spec) {
        Map<String, Object> limits = new LinkedHashMap<>();
        if (spec.memoryMb() > 0) {
            // As much with swap as without: a model in swap is slower than none.
            long bytes = spec.memoryMb() * ContainerSpec.MEBIBYTE;
            limits.put("memory", Map.of("limit", bytes, "swap", bytes));
        }
        if (spec.cpus() > 0) {
            limits.put("cpu", Map.of("period", PERIOD, "quota", Math.round(spec.cpus() * PERIOD)));
        }
        return limits;
    }
}
