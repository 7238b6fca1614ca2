package hal0.slots.definition;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Section;
import hal0.home.config.Setting;
import hal0.home.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// One file of slots as it was read, usable or not.
record SlotFile(
        SlotSpec spec, Places places, List<Setting> settings, List<ConfigProblem> problems) {
    static final String SUFFIX = ".toml";

    SlotFile {
        settings = List.copyOf(settings);
        problems = List.copyOf(problems);
    }

    static SlotFile read(Path file) {
        return read(file, sections -> Settings.read(file, sections));
    }

    /// The same of a text that is not written yet.
    static SlotFile of(Path file, String text) {
        String name = String.valueOf(file.getFileName());
        return read(file, sections -> Settings.of(name, text, sections));
    }

    private static SlotFile read(Path file, Function<List<Section<?>>, Settings> reading) {
        String label = label(file);
        String name = name(file);
        List<ConfigProblem> problems = new ArrayList<>();
        if (!SlotSections.NAME.matcher(name).matches()) {
            String message = "\"%s\" cannot name a slot".formatted(name);
            problems.add(
                    new ConfigProblem(
                            Severity.ERROR, label, 0, 0, "", message, SlotSections.NAME_RULE));
        }
        Section<SlotSpec.Slot> slot = SlotSections.slot(name);
        Settings settings = reading.apply(List.of(slot, SlotSections.MODEL, SlotSections.SERVER));
        settings.problems().forEach(problem -> problems.add(named(problem, label)));
        SlotSpec spec =
                new SlotSpec(
                        settings.get(slot),
                        settings.get(SlotSections.MODEL),
                        settings.get(SlotSections.SERVER));
        return new SlotFile(spec, Places.of(label, settings), settings.settings(), problems);
    }

    private static ConfigProblem named(ConfigProblem problem, String file) {
        return new ConfigProblem(
                problem.severity(),
                file,
                problem.line(),
                problem.column(),
                problem.key(),
                problem.message(),
                problem.fix());
    }

    /// A problem at one of its keys.
    ConfigProblem problem(Severity severity, String key, String message, String fix) {
        return new ConfigProblem(severity, places.file(), places.line(key), 0, key, message, fix);
    }

    SlotFile with(List<ConfigProblem> further) {
        List<ConfigProblem> more = new ArrayList<>(problems);
        more.addAll(further);
        return new SlotFile(spec, places, settings, more);
    }

    String name() {
        return spec.name();
    }

    boolean usable() {
        return problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
    }

    /// The name that a file's own name gives its slot.
    static String name(Path file) {
        String fileName = String.valueOf(file.getFileName());
        return fileName.endsWith(SUFFIX)
                ? fileName.substring(0, fileName.length() - SUFFIX.length())
                : fileName;
    }

    static String label(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return (folder == null ? "" : folder.getFileName() + "/") + file.getFileName();
    }
}
