package hal0.tui;

import hal0.home.error.ErrorKind;
import hal0.providers.http.CancelToken;
import hal0.relay.control.ControlException;
import hal0.relay.control.GpuInfo;
import hal0.relay.control.SlotControl;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotLaunch;
import hal0.relay.control.SlotLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Slots in memory, which note what they are told to do.
final class FakeSlots implements SlotControl {
    final List<SlotInfo> slots = new CopyOnWriteArrayList<>();
    final List<String> orders = new CopyOnWriteArrayList<>();
    final List<String> log = new CopyOnWriteArrayList<>();
    volatile GpuInfo gpu = new GpuInfo(List.of(), List.of(), null, false, 0, 0);

    static SlotInfo slot(
            String name, String state, String model, int inFlight, String message, String code) {
        return new SlotInfo(
                name,
                "llm",
                state,
                model,
                "qwen3-8b",
                List.of(name.equals("chat") ? "default" : name + "-alias"),
                "podman",
                "gpu-cuda",
                8101,
                "http://127.0.0.1:8101",
                true,
                false,
                inFlight,
                inFlight > 1 ? 1 : 0,
                Instant.parse("2026-11-21T10:00:00Z"),
                message,
                code.isEmpty() ? Map.of() : Map.of("code", code));
    }

    static GpuInfo gpu(String mode) {
        return new GpuInfo(
                List.of(
                        new GpuInfo.Card(
                                "gpu-cuda",
                                0,
                                "NVIDIA GeForce RTX 4090",
                                24_564,
                                14_000,
                                10_564,
                                87,
                                61)),
                List.of(
                        new GpuInfo.Share("chat", "gpu-cuda:0", 9_100, true, "ready"),
                        new GpuInfo.Share("chat", "memory", 700, true, "ready")),
                mode,
                false,
                64_000,
                40_000);
    }

    @Override
    public List<SlotInfo> all() {
        return List.copyOf(slots);
    }

    @Override
    public SlotInfo one(String name) {
        return slots.stream()
                .filter(slot -> slot.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new ControlException(
                                ErrorKind.CONFIGURATION,
                                "there is no slot \"" + name + "\"",
                                null));
    }

    private SlotInfo ordered(String order, String name) {
        orders.add(order);
        return one(name);
    }

    @Override
    public SlotInfo create(String name, Map<String, Object> keys) {
        throw new UnsupportedOperationException("the screen defines no slots");
    }

    @Override
    public SlotInfo change(String name, Map<String, Object> keys) {
        return ordered("change " + name + " " + keys, name);
    }

    @Override
    public void remove(String name) {
        throw new UnsupportedOperationException("the screen removes no slots");
    }

    @Override
    public SlotInfo load(String name, String model) {
        return ordered("load " + name + " " + model, name);
    }

    @Override
    public SlotInfo unload(String name) {
        return ordered("unload " + name, name);
    }

    @Override
    public SlotInfo restart(String name) {
        return ordered("restart " + name, name);
    }

    @Override
    public SlotInfo swap(String name, String model, boolean persist) {
        return ordered("swap " + name + " " + model, name);
    }

    @Override
    public Awaited await(String name, Duration patience, CancelToken cancel) {
        return new Awaited(one(name), true);
    }

    @Override
    public SlotLaunch resolved(String name) {
        return new SlotLaunch(
                name,
                "podman",
                "ghcr.io/ggml-org/llama.cpp:server-cuda",
                8101,
                "qwen3-8b",
                List.of(
                        new SlotLaunch.Word("--model", "hal0", ""),
                        new SlotLaunch.Word("/models/qwen3-8b.gguf", "model", "models.toml:4")),
                List.of("HF_TOKEN"),
                "f1",
                "f2");
    }

    @Override
    public void logs(
            String name, int lines, boolean follow, Consumer<SlotLine> sink, CancelToken cancel) {
        log.forEach(line -> sink.accept(new SlotLine(null, line.startsWith("E"), line)));
    }

    @Override
    public GpuInfo gpu() {
        return gpu;
    }

    @Override
    public GpuInfo gpuMode(String mode, boolean force, boolean pin) {
        orders.add("mode " + mode);
        return gpu;
    }
}
