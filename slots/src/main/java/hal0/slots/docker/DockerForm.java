package hal0.slots.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Mount;
import com.github.dockerjava.api.model.MountType;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.RestartPolicy;
import java.util.List;
import java.util.Map;

/// A container in Docker's words.
///
/// **Source** `POST /containers/create` (https://docs.docker.com/reference/api/engine/, read
/// 2026-11-21).
final class DockerForm {
    static final String LOOPBACK = "127.0.0.1";
    private static final double NANOS = 1e9;

    private DockerForm() {}

    static CreateContainerCmd command(DockerClient docker, ContainerSpec spec) {
        CreateContainerCmd create =
                docker.createContainerCmd(spec.image())
                        .withName(spec.name())
                        .withLabels(spec.labels())
                        .withEnv(
                                spec.env().entrySet().stream()
                                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                                        .toList())
                        .withExposedPorts(ExposedPort.tcp(spec.port()))
                        .withHostConfig(host(spec));
        // None is the image's own, an empty one would be none at all.
        return spec.command().isEmpty() ? create : create.withCmd(spec.command());
    }

    private static HostConfig host(ContainerSpec spec) {
        HostConfig host =
                HostConfig.newHostConfig()
                        .withPortBindings(
                                new PortBinding(
                                        Ports.Binding.bindIpAndPort(LOOPBACK, spec.port()),
                                        ExposedPort.tcp(spec.port())))
                        .withMounts(spec.binds().stream().map(DockerForm::mount).toList())
                        .withDevices(
                                spec.devices().stream()
                                        .map(node ->
                                                new Device(
                                                        "rwm", node.to(), node.from().toString()))
                                        .toList())
                        .withGroupAdd(spec.groups().stream().map(String::valueOf).toList())
                        .withSecurityOpts(security(spec))
                        .withCapDrop(Capability.ALL)
                        .withCapAdd(
                                spec.capabilities().stream()
                                        .map(Capability::valueOf)
                                        .toArray(Capability[]::new))
                        .withRestartPolicy(RestartPolicy.noRestart())
                        .withShmSize(ContainerSpec.SHARED_MEMORY_BYTES)
                        .withLogConfig(
                                new LogConfig(
                                        LogConfig.LoggingType.JSON_FILE,
                                        Map.of(
                                                "max-size",
                                                String.valueOf(ContainerSpec.LOG_BYTES),
                                                "max-file",
                                                "2")));
        Integer gpu = spec.nvidiaGpu();
        if (gpu != null) {
            host.withDeviceRequests(
                    List.of(
                            new DeviceRequest()
                                    .withCapabilities(List.of(List.of("gpu")))
                                    .withDeviceIds(List.of(String.valueOf(gpu)))));
        }
        if (spec.cpus() > 0) {
            host.withNanoCPUs(Math.round(spec.cpus() * NANOS));
        }
        if (spec.memoryMb() > 0) {
            // As much with swap as without: a model in swap is slower than none.
            long bytes = spec.memoryMb() * ContainerSpec.MEBIBYTE;
            host.withMemory(bytes).withMemorySwap(bytes);
        }
        return host;
    }

    /// Labels of SELinux would keep a user's model files out.
    private static List<String> security(ContainerSpec spec) {
        return spec.binds().isEmpty()
                ? List.of("no-new-privileges")
                : List.of("no-new-privileges", "label=disable");
    }

    /// A mount, unlike a bind, fails when its source is gone.
    private static Mount mount(ContainerSpec.Bind bind) {
        return new Mount()
                .withType(MountType.BIND)
                .withSource(bind.from().toString())
                .withTarget(bind.to())
                .withReadOnly(true);
    }
}
