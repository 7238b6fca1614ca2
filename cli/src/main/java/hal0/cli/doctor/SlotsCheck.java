package hal0.cli.doctor;

import hal0.home.IoReason;
import hal0.slots.definition.Definition;
import hal0.slots.definition.Definitions;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.lifecycle.SavedState;
import hal0.slots.lifecycle.StateFile;
import hal0.slots.runtime.SlotRuntime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Whether each slot could be loaded: what runs it, its model, its image or program, its port.
///
/// **Shape** nothing is pulled and nothing is started.
record SlotsCheck(
        Definitions definitions, Place place, Map<RuntimeName, Supplier<SlotRuntime>> runtimes)
        implements Check {

    /// Where the states of slots are, and whether a relay runs them now.
    record Place(Path states, boolean relayRuns) {}

    @Override
    public String id() {
        return "slot";
    }

    @Override
    public List<Row> rows() {
        return definitions.all().stream().map(this::row).toList();
    }

    private Row row(Definition slot) {
        String id = "slot." + slot.name();
        SavedState saved = new StateFile(place.states(), slot.name()).read();
        if (saved.isParked()) {
            return Row.warn(
                    id,
                    "left alone after it failed too often: " + saved.message(),
                    "look at `hal0 slots logs %s`, then: hal0 slots load %s"
                            .formatted(slot.name(), slot.name()));
        }
        try {
            return loadable(id, slot);
        } catch (SlotException e) {
            return Row.told(slot.spec().slot().enabled(), id, e.message());
        }
    }

    private Row loadable(String id, Definition slot) {
        Integer wished = slot.spec().slot().port();
        int port = wished == null ? definitions.ports().first() : wished;
        try (SlotRuntime runtime = runtime(slot.runtime())) {
            Launch launch = definitions.launch(slot.name(), null, runtime.name(), port);
            if (!runtime.isPrepared(launch)) {
                return launch.image() == null
                        ? Row.fail(
                                id,
                                "the program %s is not on this machine"
                                        .formatted(launch.argv().getFirst()),
                                "install it, or name another in slot.command")
                        : Row.warn(
                                id,
                                "the image %s is not on this machine".formatted(launch.image()),
                                "nothing needs to be done: it is fetched when the slot is loaded");
            }
            String taken = place.relayRuns() || wished == null ? null : taken(port);
            return taken == null
                    ? Row.pass(id, "could be loaded by " + runtime.name().word())
                    : Row.warn(
                            id,
                            "port %d cannot be had: %s".formatted(port, taken),
                            "stop the program that has it, or leave slot.port out");
        }
    }

    /// One that can be talked to.
    private SlotRuntime runtime(RuntimeName name) {
        if (name != RuntimeName.AUTO) {
            return reached(name);
        }
        try {
            return reached(RuntimeName.PODMAN);
        } catch (SlotException e) {
            return reached(RuntimeName.DOCKER);
        }
    }

    private SlotRuntime reached(RuntimeName name) {
        SlotRuntime runtime =
                Optional.ofNullable(runtimes.get(name))
                        .orElseThrow(() ->
                                SlotException.of(
                                        SlotProblem.RUNTIME_UNAVAILABLE,
                                        "nothing here runs slots by " + name.word()))
                        .get();
        boolean reached = false;
        try {
            runtime.check();
            reached = true;
            return runtime;
        } finally {
            if (!reached) {
                runtime.close();
            }
        }
    }

    /// Why nobody can listen there; null where somebody can.
    private static @Nullable String taken(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return null;
        } catch (IOException e) {
            return IoReason.of(e);
        }
    }
}
