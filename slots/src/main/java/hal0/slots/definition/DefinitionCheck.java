package hal0.slots.definition;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Nearest;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.model.RegisteredModel;
import hal0.slots.model.RegistrySection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Decides which readings of the files of slots are used, and says what does not fit together: a
/// pure function.
record DefinitionCheck(Profiles profiles, HomeDefinitions.Surroundings around) {

    /// The files that are used, in the order of their names, and everything that is wrong.
    record Outcome(List<SlotFile> files, List<ConfigProblem> problems) {}

    /// **Shape** `before` are the last good readings by name: one stands in for a file that is
    /// wrong now, unless it claims what another has by now.
    Outcome of(SlotFiles.Found found, Map<String, SlotFile> before) {
        List<ConfigProblem> problems = new ArrayList<>(found.problems());
        List<SlotFile> used = new ArrayList<>();
        List<SlotFile> standIns = new ArrayList<>();
        Claims claims = new Claims();
        for (SlotFile read : found.files()) {
            SlotFile file = read.usable() ? read.with(claims.claim(read)) : read;
            problems.addAll(file.problems());
            SlotFile earlier = before.get(file.name());
            if (file.usable()) {
                used.add(file);
            } else if (earlier != null) {
                standIns.add(earlier);
            }
        }
        standIns.stream().filter(file -> claims.claim(file).isEmpty()).forEach(used::add);
        used.sort(Comparator.comparing(SlotFile::name));
        used.forEach(file -> problems.addAll(between(file)));
        around.models().forEach(model -> profileOf(model).ifPresent(problems::add));
        return new Outcome(List.copyOf(used), List.copyOf(problems));
    }

    /// What is wrong with a file only because of what others say.
    List<ConfigProblem> between(SlotFile file) {
        List<ConfigProblem> problems = new ArrayList<>();
        SlotSpec.Slot slot = file.spec().slot();
        if (slot.profile() != null) {
            Optional<Profiles.Layers> profile = profiles.find(slot.profile());
            if (profile.isEmpty()) {
                problems.add(unknownProfile(file, slot.profile()));
            } else if (!profile.get().devices().isEmpty()
                    && !profile.get().devices().contains(slot.device())) {
                problems.add(otherDevice(file, profile.get()));
            }
        } else if (runtime(slot) != RuntimeName.PROCESS
                && slot.image() == null
                && profiles.usual(slot.type(), slot.device()).isEmpty()) {
            problems.add(
                    file.problem(
                            Severity.ERROR,
                            "slot.device",
                            "nothing is known that serves type \"%s\" on device \"%s\""
                                    .formatted(slot.type().word(), slot.device().word()),
                            "define a profile in profiles.toml and name it"));
        }
        if (slot.runtime() == null
                && around.slots().runtime() == RuntimeName.PROCESS
                && slot.command().isEmpty()) {
            problems.add(
                    file.problem(
                            Severity.ERROR,
                            "slot.command",
                            "[slots] of config.toml says runtime \"process\", which needs one",
                            "add a command, or a runtime to this slot"));
        }
        ownPort(file).ifPresent(problems::add);
        return problems;
    }

    private RuntimeName runtime(SlotSpec.Slot slot) {
        return slot.runtime() == null ? around.slots().runtime() : slot.runtime();
    }

    private ConfigProblem unknownProfile(SlotFile file, String name) {
        String nearest = Nearest.to(name, profiles.names());
        return file.problem(
                Severity.ERROR,
                "slot.profile",
                "there is no profile \"%s\"".formatted(name),
                nearest == null
                        ? "known are " + String.join(", ", profiles.names())
                        : "did you mean \"%s\"?".formatted(nearest));
    }

    private static ConfigProblem otherDevice(SlotFile file, Profiles.Layers profile) {
        Device device = file.spec().slot().device();
        return file.problem(
                Severity.WARNING,
                "slot.profile",
                "profile \"%s\" is for %s, and the slot's device is \"%s\""
                        .formatted(
                                profile.name(),
                                String.join(
                                        ", ",
                                        profile.devices().stream().map(Device::word).toList()),
                                device.word()),
                "set `device`, or choose another profile");
    }

    /// The server must listen where it is looked for.
    private static Optional<ConfigProblem> ownPort(SlotFile file) {
        CommandWords words = new CommandWords();
        words.add(Argument.Source.EXTRA_ARGS, "", file.spec().server().extraArgs());
        boolean other =
                words.merged().stream()
                        .filter(item -> "--port".equals(item.flag()))
                        .flatMap(item -> item.value().stream())
                        .anyMatch(value -> !value.equals("${PORT}"));
        return other
                ? Optional.of(
                        file.problem(
                                Severity.ERROR,
                                "server.extra_args",
                                "--port would make the server listen where nobody asks it",
                                "set `port` in [slot]"))
                : Optional.empty();
    }

    private Optional<ConfigProblem> profileOf(RegisteredModel model) {
        if (model.profile() == null || profiles.find(model.profile()).isPresent()) {
            return Optional.empty();
        }
        String nearest = Nearest.to(model.profile(), profiles.names());
        return Optional.of(
                new ConfigProblem(
                        Severity.ERROR,
                        RegistrySection.FILE,
                        model.line(),
                        0,
                        "model.profile",
                        "model %s: there is no profile \"%s\""
                                .formatted(model.id(), model.profile()),
                        nearest == null ? "" : "did you mean \"%s\"?".formatted(nearest)));
    }
}
