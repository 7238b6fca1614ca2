package hal0.slots.testing;

import hal0.slots.definition.Argument;
import hal0.slots.definition.Definition;
import hal0.slots.definition.Definitions;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotFiles;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Definitions of slots from `slots/NAME.toml` alone: no profiles, no registry, any model's name is
/// known to the image unless it was forgotten.
///
/// **Threads** any.
public final class FakeDefinitions implements Definitions {
    private final Path folder;
    private final Set<String> unregistered = ConcurrentHashMap.newKeySet();
    private final Set<String> unknown = ConcurrentHashMap.newKeySet();
    private volatile Duration loadTimeout = Duration.ofSeconds(20);
    private volatile Duration drainTimeout = Duration.ofSeconds(20);
    private volatile int queueLimit = 100;
    private volatile PortRange ports = new PortRange(1, 1);
    private volatile List<Definition> all = List.of();

    /// Reads and writes the files in that folder.
    public FakeDefinitions(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            // Below those that the kernel gives to whoever connects anywhere; what runs at the same
            // time begins somewhere else.
            int first = ThreadLocalRandom.current().nextInt(10_000, 14_600);
            ports = new PortRange(first, first + 400);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        reread();
    }

    /// Writes `slots/NAME.toml`.
    public FakeDefinitions define(String name, String toml) {
        try {
            Files.writeString(folder.resolve(name + ".toml"), toml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reread();
    }

    /// Its file is there still and cannot be used; nothing of it was read before.
    public FakeDefinitions spoil(String name) {
        all = all.stream().filter(definition -> !definition.name().equals(name)).toList();
        return this;
    }

    public FakeDefinitions delete(String name) {
        try {
            Files.delete(folder.resolve(name + ".toml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reread();
    }

    /// That model cannot be launched from now on.
    public FakeDefinitions forget(String model) {
        unknown.add(model);
        return this;
    }

    /// That model can be launched and is not of the registry.
    public FakeDefinitions unregistered(String model) {
        unregistered.add(model);
        return this;
    }

    public FakeDefinitions loadTimeout(Duration value) {
        loadTimeout = value;
        return reread();
    }

    public FakeDefinitions drainTimeout(Duration value) {
        drainTimeout = value;
        return reread();
    }

    public FakeDefinitions queueLimit(int value) {
        queueLimit = value;
        return reread();
    }

    public FakeDefinitions ports(PortRange value) {
        ports = value;
        return this;
    }

    private FakeDefinitions reread() {
        SlotFiles read = SlotFiles.read(folder);
        if (!read.problems().isEmpty()) {
            throw new IllegalArgumentException(read.problems().toString());
        }
        List<Definition> now = new ArrayList<>();
        for (SlotSpec spec : read.specs()) {
            SlotSpec.Slot slot = spec.slot();
            now.add(
                    new Definition(
                            spec,
                            Objects.requireNonNullElse(slot.runtime(), RuntimeName.PODMAN),
                            Objects.requireNonNullElse(slot.idleTimeout(), Duration.ofMinutes(5)),
                            Objects.requireNonNullElse(slot.unloadAfter(), Duration.ZERO),
                            loadTimeout,
                            drainTimeout,
                            queueLimit));
        }
        all = List.copyOf(now);
        return this;
    }

    @Override
    public List<Definition> all() {
        return all;
    }

    @Override
    public boolean isRegistered(String model) {
        return !unregistered.contains(model);
    }

    @Override
    public boolean mayDefine(String name) {
        return Files.exists(folder.resolve(name + ".toml"));
    }

    @Override
    public Launch launch(String slot, @Nullable String model, RuntimeName runtime, int port) {
        SlotSpec spec =
                find(slot)
                        .orElseThrow(
                                () -> SlotException.of(SlotProblem.NOT_FOUND, "no slot " + slot))
                        .spec();
        String id = model == null ? spec.model().id() : model;
        if (id != null && unknown.contains(id)) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR, "slot %s: no model %s".formatted(slot, id));
        }
        List<Argument> arguments = new ArrayList<>();
        for (String word : List.of("serve", "--port", String.valueOf(port))) {
            arguments.add(new Argument(word, Argument.Source.BASE, ""));
        }
        for (String word : spec.server().extraArgs()) {
            arguments.add(new Argument(word, Argument.Source.EXTRA_ARGS, "slots/" + slot));
        }
        return new Launch(
                slot,
                spec.slot().type(),
                runtime,
                runtime == RuntimeName.PROCESS ? null : "test",
                arguments,
                spec.server().env(),
                spec.slot().device(),
                spec.slot().gpuIndex(),
                port,
                spec.slot().memoryMb(),
                spec.slot().cpus(),
                spec.slot().constraints(),
                spec.server().healthPath(),
                id == null ? null : new Launch.Served(id, null, id, spec.model().contextSize()));
    }

    @Override
    public PortRange ports() {
        return ports;
    }
}
