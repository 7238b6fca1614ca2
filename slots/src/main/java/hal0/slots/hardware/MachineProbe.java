package hal0.slots.hardware;

import hal0.slots.hardware.Tool.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Looks at this machine.
///
/// **Shape** a tool that is not installed says that there is no such GPU; one that fails or takes
/// longer than two seconds is a note. **Threads** any; the tools are asked side by side.
public final class MachineProbe implements Hardware.Probe {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern MODEL_NAME =
            Pattern.compile("(?m)^(?:model name|Model|Hardware|cpu model)\\s*:\\s*(.+)$");

    /// Where Windows puts `nvidia-smi` for Linux in it.
    private static final String WSL = "/usr/lib/wsl/lib";

    private final Path root;
    private final String path;
    private final Duration patience;

    /// **Shape** `path` is the value of `PATH`.
    public MachineProbe(String path) {
        this(Path.of("/"), path + ":" + WSL, PATIENCE);
    }

    /// **Shape** `root` is where `/proc`, `/sys` and `/dev` are.
    MachineProbe(Path root, String path, Duration patience) {
        this.root = root;
        this.path = path;
        this.patience = patience;
    }

    /// A probe that asks at most once a second, and once for however many ask at a time.
    public static Hardware.Probe cached(String path) {
        return new CachedProbe(new MachineProbe(path), System::nanoTime);
    }

    @Override
    public Hardware look() {
        FutureTask<Outcome> cuda = asking(NvidiaSmi.NAME, NvidiaSmi.GPUS);
        FutureTask<Outcome> apps = asking(NvidiaSmi.NAME, NvidiaSmi.APPS);
        FutureTask<Outcome> rocm = asking(RocmSmi.NAME, RocmSmi.QUESTION);
        Found found = new Found();
        SystemMemory memory = memory(found);
        nvidia(said(cuda, found), apps, memory, found);
        amd(said(rocm, found), found);
        return new Hardware(
                cpu(),
                Runtime.getRuntime().availableProcessors(),
                memory.totalMb(),
                memory.availableMb(),
                found.gpus,
                found.processes,
                DrmCards.npus(root),
                found.notes);
    }

    /// What there is, as far as it is looked at.
    private static final class Found {
        private final List<Gpu> gpus = new ArrayList<>();
        private final List<GpuProcess> processes = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
    }

    private FutureTask<Outcome> asking(String tool, String[] question) {
        FutureTask<Outcome> asked =
                new FutureTask<>(() -> new Tool(tool, path, patience).ask(question));
        Thread.ofVirtual().name("hardware-" + tool).start(asked);
        return asked;
    }

    /// Empty where it said nothing, which is a note unless the tool is not there.
    private static String said(FutureTask<Outcome> asked, Found found) {
        try {
            return switch (asked.get()) {
                case Outcome.Missing _ -> "";
                case Outcome.Failed(String why) -> {
                    found.notes.add(why);
                    yield "";
                }
                case Outcome.Said(String text) -> text;
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        } catch (ExecutionException e) {
            throw new IllegalStateException("asking a tool does not throw", e);
        }
    }

    private SystemMemory memory(Found found) {
        SystemMemory memory = SystemMemory.read(root);
        if (memory == null) {
            found.notes.add("there is no /proc/meminfo: the memory of this machine is not known");
            return new SystemMemory(0, 0);
        }
        return memory;
    }

    private static void nvidia(
            String gpus, FutureTask<Outcome> apps, SystemMemory memory, Found found) {
        if (gpus.isEmpty()) {
            // The other question failed for the same reason.
            return;
        }
        NvidiaSmi read = NvidiaSmi.read(gpus, said(apps, found), memory);
        found.gpus.addAll(read.gpus());
        found.processes.addAll(read.processes());
        found.notes.addAll(read.notes());
    }

    private void amd(String said, Found found) {
        RocmSmi read = said.isEmpty() ? null : RocmSmi.read(said);
        if (!said.isEmpty() && read == null) {
            found.notes.add("rocm-smi did not answer as it should; the kernel is asked instead");
        }
        DrmCards cards = DrmCards.read(root);
        found.notes.addAll(cards.otherNotes());
        if (read != null && !read.gpus().isEmpty()) {
            found.gpus.addAll(read.gpus());
            found.processes.addAll(read.processes());
            found.notes.addAll(read.notes());
        } else {
            found.notes.addAll(cards.gpuNotes());
            found.gpus.addAll(cards.gpus());
        }
    }

    private String cpu() {
        String info = SmallFile.text(root.resolve("proc/cpuinfo"));
        Matcher model = MODEL_NAME.matcher(info == null ? "" : info);
        String architecture = System.getProperty("os.arch", "");
        return model.find() ? model.group(1).strip() : architecture;
    }
}
