package hal0.relay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.config.Nearest;
import hal0.home.error.ErrorKind;
import hal0.providers.http.CancelToken;
import hal0.relay.error.Json;
import hal0.relay.slot.SlotErrors;
import hal0.slots.SlotStatus;
import hal0.slots.Slots;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The slots of the process that this is called in.
///
/// **Threads** any.
public final class LocalSlotControl implements SlotControl {
    private final Supplier<Optional<Slots>> slots;
    private final SlotDefinitions definitions;
    private final Audit audit;
    private final LastingSwap lasting;

    /// `slots` are empty while this process runs none.
    public LocalSlotControl(
            Supplier<Optional<Slots>> slots, SlotDefinitions definitions, Audit audit) {
        this(slots, definitions, audit, new LastingSwap(definitions));
    }

    private LocalSlotControl(
            Supplier<Optional<Slots>> slots,
            SlotDefinitions definitions,
            Audit audit,
            LastingSwap lasting) {
        this.slots = slots;
        this.definitions = definitions;
        this.audit = audit;
        this.lasting = lasting;
    }

    /// This, for what somebody else asks for.
    public LocalSlotControl by(String actor) {
        return new LocalSlotControl(slots, definitions, audit.by(actor), lasting);
    }

    /// The slots themselves, for who follows them.
    public Slots running() {
        return slots.get()
                .orElseThrow(() ->
                        new ControlException(
                                ErrorKind.CONFIGURATION,
                                "no relay runs in this home, and slots are run by one. Start it with: hal0 serve",
                                null));
    }

    private static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (SlotException e) {
            throw new ControlException(SlotErrors.kind(e.problem()), e.message(), e);
        }
    }

    private <T> T ordered(String action, String name, Supplier<T> work) {
        return audit.noted(action, name, () -> json(name), () -> told(work));
    }

    private @Nullable String json(String name) {
        return slots.get()
                .flatMap(running -> running.find(name))
                .map(SlotInfo::of)
                .map(info -> new String(Json.bytes(json -> SlotJson.write(json, info)), UTF_8))
                .orElse(null);
    }

    @Override
    public List<SlotInfo> all() {
        return running().all().stream().map(SlotInfo::of).toList();
    }

    @Override
    public SlotInfo one(String name) {
        return SlotInfo.of(told(() -> find(name)));
    }

    private SlotStatus find(String name) {
        return running()
                .find(name)
                .orElseThrow(() ->
                        SlotException.of(
                                SlotProblem.NOT_FOUND,
                                "there is no slot \"%s\"%s"
                                        .formatted(name, Nearest.hint(name, names()))));
    }

    private List<String> names() {
        return running().all().stream().map(SlotStatus::name).toList();
    }

    @Override
    public SlotInfo create(String name, Map<String, @Nullable Object> keys) {
        return ordered(
                "slot.create",
                name,
                () -> {
                    definitions.create(name, keys);
                    running().reload();
                    return SlotInfo.of(find(name));
                });
    }

    @Override
    public SlotInfo change(String name, Map<String, @Nullable Object> keys) {
        return ordered(
                "slot.change",
                name,
                () -> {
                    var _ = find(name);
                    definitions.change(name, keys);
                    running().reload();
                    return SlotInfo.of(find(name));
                });
    }

    @Override
    public void remove(String name) {
        var _ =
                ordered(
                        "slot.remove",
                        name,
                        () -> {
                            var _ = find(name);
                            definitions.remove(name);
                            running().reload();
                            return true;
                        });
    }

    /// Refuses what `create` would, and creates nothing.
    void checkCreate(String name, Map<String, @Nullable Object> keys) {
        var _ = running();
        check(() -> definitions.rehearsed().create(name, keys));
    }

    /// Refuses what `change` would, and changes nothing.
    void checkChange(String name, Map<String, @Nullable Object> keys) {
        var _ = one(name);
        check(() -> definitions.rehearsed().change(name, keys));
    }

    /// Refuses what `remove` would, and removes nothing.
    void checkRemove(String name) {
        var _ = one(name);
        check(() -> definitions.rehearsed().remove(name));
    }

    private static void check(Runnable rehearsal) {
        var _ =
                told(() -> {
                    rehearsal.run();
                    return true;
                });
    }

    @Override
    public SlotInfo load(String name, @Nullable String model) {
        lasting.forget(name);
        return ordered("slot.load", name, () -> SlotInfo.of(running().load(name, model)));
    }

    @Override
    public SlotInfo unload(String name) {
        lasting.forget(name);
        return ordered("slot.unload", name, () -> SlotInfo.of(running().unload(name)));
    }

    @Override
    public SlotInfo restart(String name) {
        return ordered("slot.restart", name, () -> SlotInfo.of(running().restart(name)));
    }

    @Override
    public SlotInfo swap(String name, String model, boolean persist) {
        return ordered(
                "slot.swap",
                name,
                () -> {
                    if (persist) {
                        return SlotInfo.of(lasting.of(running(), name, model));
                    }
                    lasting.forget(name);
                    return SlotInfo.of(running().swap(name, model));
                });
    }

    @Override
    public Awaited await(String name, Duration patience, CancelToken cancel) {
        long start = System.nanoTime();
        SlotInfo slot =
                told(() -> {
                    var _ = find(name);
                    SlotInfo now = SlotInfo.of(running().await(name, patience, cancel));
                    lasting.settle(name);
                    return now;
                });
        // Only what is still on its way takes all of the time.
        boolean settled = System.nanoTime() - start < patience.toNanos() && !slot.isUnderWay();
        return new Awaited(slot, settled);
    }

    @Override
    public SlotLaunch resolved(String name) {
        return told(() -> {
            var _ = find(name);
            return SlotLaunch.of(
                    running().launch(name), running().runningFingerprint(name).orElse(null));
        });
    }

    @Override
    public void logs(
            String name, int lines, boolean follow, Consumer<SlotLine> sink, CancelToken cancel) {
        var _ =
                told(() -> {
                    var _ = find(name);
                    running()
                            .logs(
                                    name,
                                    lines,
                                    follow,
                                    line ->
                                            sink.accept(
                                                    new SlotLine(
                                                            line.at(), line.error(), line.text())),
                                    cancel);
                    return true;
                });
    }

    @Override
    public GpuInfo gpu() {
        return told(() -> GpuInfo.of(running().gpu()));
    }

    @Override
    public GpuInfo gpuMode(String mode, boolean force, boolean pin) {
        return audit.noted(
                "gpu.mode",
                mode,
                () -> null,
                () -> told(() -> GpuInfo.of(running().gpuMode(mode, force, pin))));
    }
}
