package hal0.slots.hardware;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A machine of files and of scripts in the place of vendors' tools.
class MachineProbeTest {
    private static final String UUID = "GPU-afcb3e66-e194-e6b1-d5eb-cd428c2e6c9d";

    @TempDir Path root;
    Path tools;

    @BeforeEach
    void machine() throws Exception {
        tools = Files.createDirectory(root.resolve("bin"));
        file(
                "proc/meminfo",
                """
                MemTotal:       32768000 kB
                MemFree:         1024000 kB
                MemAvailable:   16384000 kB
                """);
        file("proc/cpuinfo", "processor\t: 0\nmodel\t\t: 17\nmodel name\t: AMD EPYC\n");
    }

    @Test
    void machineWithoutGpuIsWhatTheKernelSays() {
        assertThat(look())
                .returns("AMD EPYC", Hardware::cpu)
                .returns(Runtime.getRuntime().availableProcessors(), Hardware::cores)
                .returns(32_000L, Hardware::memoryMb)
                .returns(16_000L, Hardware::availableMb)
                .satisfies(found -> assertThat(found.gpus()).isEmpty())
                .satisfies(found -> assertThat(found.npus()).isEmpty())
                .satisfies(found -> assertThat(found.notes()).isEmpty());
    }

    @Test
    void containersLimitIsTheMemory() throws Exception {
        file("proc/self/cgroup", "0::/box.slice/inner\n");
        file("sys/fs/cgroup/box.slice/memory.max", "4194304000");
        file("sys/fs/cgroup/box.slice/memory.current", "3145728000");
        file("sys/fs/cgroup/box.slice/memory.stat", "anon 5\ninactive_file 1048576000\n");
        file("sys/fs/cgroup/box.slice/inner/memory.max", "max");
        assertThat(look())
                .returns(4_000L, Hardware::memoryMb)
                .returns(2_000L, Hardware::availableMb);
    }

    @Test
    void olderKindOfLimitCountsToo() throws Exception {
        file("proc/self/cgroup", "4:memory:/docker/abc\n");
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "2097152000");
        file("sys/fs/cgroup/memory/memory.usage_in_bytes", "1048576000");
        assertThat(look())
                .returns(2_000L, Hardware::memoryMb)
                .returns(1_000L, Hardware::availableMb);
        file("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712");
        assertThat(look()).returns(32_000L, Hardware::memoryMb);
    }

    @Test
    void nvidiaTellsGpusAndWhoUsesThem() throws Exception {
        nvidia(
                "0, %s, 580.159.04, 143771, 9421, 133734, 7, 37, 120.16, 700.00, Disabled, NVIDIA H200"
                        .formatted(UUID),
                "406, %s, 9412, /opt/my, server/python3".formatted(UUID));
        Hardware found = look();
        assertThat(found.gpus())
                .containsExactly(
                        new Gpu(
                                "gpu-cuda",
                                0,
                                UUID,
                                "NVIDIA H200",
                                143_771,
                                9_421,
                                133_734,
                                7,
                                37,
                                120.16,
                                700.0,
                                "580.159.04"));
        assertThat(found.processes())
                .containsExactly(
                        new GpuProcess("gpu-cuda", 0, 406, "/opt/my, server/python3", 9_412));
        assertThat(found.usedBy(Set.of(406L, 7L), found.gpus().getFirst())).isEqualTo(9_412);
        assertThat(found.usedBy(Set.of(7L), found.gpus().getFirst())).isZero();
    }

    @Test
    void whatAGpuDoesNotTellIsLeftOpen() throws Exception {
        nvidia(
                "1, [N/A], [N/A], 81559, [N/A], 80000, [N/A], [Unknown Error], [Not Supported], N/A, Enabled, NVIDIA A100",
                "12, MIG-1, [N/A], x");
        Hardware found = look();
        assertThat(found.gpus())
                .containsExactly(
                        new Gpu(
                                "gpu-cuda",
                                1,
                                null,
                                "NVIDIA A100",
                                81_559,
                                1_559,
                                80_000,
                                null,
                                null,
                                null,
                                null,
                                null));
        assertThat(found.processes()).isEmpty();
        assertThat(found.notes()).singleElement().asString().contains("GPU 1", "divided (MIG)");
    }

    @Test
    void gpuWithoutMemoryOfItsOwnHasTheMachines() throws Exception {
        nvidia(
                "0, %s, 580, [N/A], [N/A], [N/A], 0, 40, 10, [N/A], [N/A], NVIDIA GB10"
                        .formatted(UUID),
                "");
        Hardware found = look();
        assertThat(found.gpus())
                .singleElement()
                .returns(32_000L, Gpu::totalMb)
                .returns(16_000L, Gpu::freeMb);
        assertThat(found.notes()).singleElement().asString().contains("NVIDIA GB10", "the machine");
    }

    @Test
    void toolThatFailsIsANoteWithItsOwnWords() throws Exception {
        script(
                "nvidia-smi",
                "echo 'NVIDIA-SMI has failed because it could not communicate with the driver.'; exit 9");
        Hardware found = look();
        assertThat(found.gpus()).isEmpty();
        assertThat(found.notes())
                .containsExactly(
                        "nvidia-smi failed (exit code 9): NVIDIA-SMI has failed because it could not"
                                + " communicate with the driver.");
    }

    @Test
    void toolThatHangsIsEndedAndANote() throws Exception {
        Path marker = root.resolve("pid");
        script("nvidia-smi", "echo $$ >> %s; exec sleep 600".formatted(marker));
        Hardware found = look(Duration.ofMillis(300));
        assertThat(found.notes()).containsExactly("nvidia-smi did not answer within 300 ms");
        for (String pid : Files.readAllLines(marker)) {
            ProcessHandle.of(Long.parseLong(pid)).ifPresent(left -> left.onExit().join());
        }
    }

    /// The words of rocm-smi of several versions.
    @Test
    void rocmTellsGpusAndWhoUsesThem() throws Exception {
        script(
                "rocm-smi",
                """
                cat <<'END'
                WARNING: AMD GPU device(s) is/are in a low-power state.
                {"card0": {"Unique ID": "0xf5a1", "Card Series": "Radeon RX 7900 XTX",
                  "VRAM Total Memory (B)": "25753026560", "VRAM Total Used Memory (B)": "1073741824",
                  "GPU use (%)": "3", "Temperature (Sensor edge) (C)": "47.0",
                  "Average Graphics Package Power (W)": "19.0",
                  "Max Graphics Package Power (W)": "303.0"},
                 "system": {"Driver version": "6.7.0",
                  "PID4711": "llama-server, 1, 943718400, 0, 0"}}
                END
                """);
        Hardware found = look();
        assertThat(found.gpus())
                .containsExactly(
                        new Gpu(
                                "gpu-rocm",
                                0,
                                "0xf5a1",
                                "Radeon RX 7900 XTX",
                                24_560,
                                1_024,
                                23_536,
                                3,
                                47,
                                19.0,
                                303.0,
                                "6.7.0"));
        assertThat(found.processes())
                .containsExactly(new GpuProcess("gpu-rocm", 0, 4711, "llama-server", 900));
    }

    @Test
    void kernelStandsInForAToolThatSaysNothingOfUse() throws Exception {
        script("rocm-smi", "echo 'usage: rocm-smi [-h]'");
        card("card1", "0x1002");
        assertThat(look().gpus()).singleElement().returns("gpu-vulkan", Gpu::kind);
        assertThat(look().notes())
                .singleElement()
                .asString()
                .contains("rocm-smi did not answer as");
    }

    @Test
    void kernelTellsGpusOfAmdInTheOrderOfTheirNumbers() throws Exception {
        card("card10", "0x1002");
        card("card2", "0x1002");
        card("card0", "0x10de");
        card("card3", "0x8086");
        file("sys/class/drm/card2-DP-1/status", "connected");
        file("sys/class/drm/card2/device/product_name", "Instinct MI300X\n");
        file("sys/class/drm/card2/device/hwmon/hwmon5/temp1_input", "52000");
        file("sys/class/drm/card2/device/hwmon/hwmon5/power1_average", "130000000");
        file("dev/kfd", "");
        Hardware found = look();
        assertThat(found.gpus())
                .containsExactly(
                        new Gpu(
                                "gpu-rocm",
                                0,
                                null,
                                "Instinct MI300X",
                                16_384,
                                1_024,
                                15_360,
                                12,
                                52,
                                130.0,
                                null,
                                null),
                        new Gpu(
                                "gpu-rocm",
                                1,
                                null,
                                "AMD GPU (0x744c)",
                                16_384,
                                1_024,
                                15_360,
                                12,
                                null,
                                null,
                                null,
                                null));
        assertThat(found.notes()).singleElement().asString().contains("card3", "Intel");
    }

    @Test
    void gpuInsideAProcessorHasWhatItMayTakeOfTheMachine() throws Exception {
        card("card0", "0x1002");
        String device = "sys/class/drm/card0/device/";
        file(device + "mem_info_vram_total", "536870912");
        file(device + "mem_info_vram_used", "104857600");
        file(device + "mem_info_gtt_total", "68719476736");
        file(device + "mem_info_gtt_used", "1073741824");
        Hardware found = look();
        assertThat(found.gpus())
                .singleElement()
                .returns(512L + 65_536, Gpu::totalMb)
                .returns(100L + 1_024, Gpu::usedMb);
        assertThat(found.notes()).singleElement().asString().contains("little memory of its own");
    }

    @Test
    void npusAreNamedWithTheirDriver() throws Exception {
        Path driver = Files.createDirectories(root.resolve("sys/bus/pci/drivers/amdxdna"));
        Path device = Files.createDirectories(root.resolve("sys/class/accel/accel0/device"));
        Files.createSymbolicLink(device.resolve("driver"), driver);
        assertThat(look().npus()).containsExactly("accel0 (amdxdna)");
    }

    @Test
    void machineThatTellsNothingIsANote() throws Exception {
        Files.delete(root.resolve("proc/meminfo"));
        Files.delete(root.resolve("proc/cpuinfo"));
        Hardware found = look();
        assertThat(found.memoryMb()).isZero();
        assertThat(found.cpu()).isEqualTo(System.getProperty("os.arch"));
        assertThat(found.notes()).singleElement().asString().contains("/proc/meminfo");
    }

    private void card(String name, String vendor) throws IOException {
        String device = "sys/class/drm/" + name + "/device/";
        file(device + "vendor", vendor + "\n");
        file(device + "device", "0x744c\n");
        if (vendor.equals("0x1002")) {
            file(device + "mem_info_vram_total", "17179869184\n");
            file(device + "mem_info_vram_used", "1073741824\n");
            file(device + "gpu_busy_percent", "12\n");
        }
    }

    private void nvidia(String gpus, String apps) throws IOException {
        script(
                "nvidia-smi",
                """
                case "$1" in
                  --query-gpu=*) echo '%s' ;;
                  --query-compute-apps=*) echo '%s' ;;
                  *) exit 2 ;;
                esac
                """
                        .formatted(gpus, apps));
    }

    private void script(String name, String body) throws IOException {
        Path script = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Hardware look() {
        return look(Duration.ofSeconds(20));
    }

    private Hardware look(Duration patience) {
        return new MachineProbe(root, tools + ":/nowhere", patience).look();
    }
}
