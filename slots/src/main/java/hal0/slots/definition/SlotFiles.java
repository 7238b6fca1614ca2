package hal0.slots.definition;

import hal0.home.IoReason;
import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Section;
import hal0.home.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The slots that a folder defines, and everything that is wrong with its files.
///
/// **Shape** `specs` in the order of their names. A file with an error gives no slot and does not
/// keep others from theirs; of two files that claim one port or name, the first has it. Only
/// `*.toml` counts, and no hidden file. **Errors** none are thrown: see `problems`, whose files are
/// named with their folder.
public record SlotFiles(List<SlotSpec> specs, List<ConfigProblem> problems) {
    private static final String SUFFIX = ".toml";

    public SlotFiles {
        specs = List.copyOf(specs);
        problems = List.copyOf(problems);
    }

    /// A folder that is missing holds no slots.
    public static SlotFiles read(Path folder) {
        List<ConfigProblem> problems = new ArrayList<>();
        List<SlotSpec> specs = new ArrayList<>();
        Map<String, String> claimed = new HashMap<>();
        for (Path file : files(folder, problems)) {
            List<ConfigProblem> found = new ArrayList<>();
            SlotSpec spec = read(file, found);
            if (usable(found)) {
                claim(spec.slot(), label(file), claimed, found);
            }
            if (usable(found)) {
                specs.add(spec);
            }
            problems.addAll(found);
        }
        return new SlotFiles(specs, problems);
    }

    private static List<Path> files(Path folder, List<ConfigProblem> problems) {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(SlotFiles::counts)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        } catch (NoSuchFileException _) {
            return List.of();
        } catch (IOException e) {
            problems.add(error(folder + "/", "", "cannot be read: " + IoReason.of(e), ""));
            return List.of();
        }
    }

    private static boolean counts(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }

    private static SlotSpec read(Path file, List<ConfigProblem> problems) {
        String fileName = String.valueOf(file.getFileName());
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        if (!SlotSections.NAME.matcher(name).matches()) {
            String message = "\"%s\" cannot name a slot".formatted(name);
            problems.add(error(label(file), "", message, SlotSections.NAME_RULE));
        }
        Section<SlotSpec.Slot> slot = SlotSections.slot(name);
        Settings settings =
                Settings.read(file, List.of(slot, SlotSections.MODEL, SlotSections.SERVER));
        for (ConfigProblem problem : settings.problems()) {
            problems.add(
                    new ConfigProblem(
                            problem.severity(),
                            label(file),
                            problem.line(),
                            problem.column(),
                            problem.key(),
                            problem.message(),
                            problem.fix()));
        }
        return new SlotSpec(
                settings.get(slot),
                settings.get(SlotSections.MODEL),
                settings.get(SlotSections.SERVER));
    }

    /// Takes port and names for a slot, unless another one has them.
    private static void claim(
            SlotSpec.Slot slot,
            String file,
            Map<String, String> claimed,
            List<ConfigProblem> problems) {
        List<Claim> wanted = new ArrayList<>();
        wanted.add(new Claim("name", slot.name()));
        slot.aliases().forEach(alias -> wanted.add(new Claim("name", alias, "aliases")));
        if (slot.port() != null) {
            wanted.add(new Claim("port", slot.port().toString()));
        }
        for (Claim claim : wanted) {
            String other = claimed.get(claim.id());
            if (other != null) {
                String message = "%s is taken by %s".formatted(claim.value(), other);
                problems.add(error(file, "slot." + claim.key(), message, "choose another"));
            }
        }
        if (usable(problems)) {
            wanted.forEach(claim -> claimed.put(claim.id(), file));
        }
    }

    /// A value of which there is one among all slots; aliases are names.
    private record Claim(String kind, String value, String key) {
        Claim(String kind, String value) {
            this(kind, value, kind);
        }

        String id() {
            return kind + ' ' + value;
        }
    }

    private static boolean usable(List<ConfigProblem> problems) {
        return problems.stream().noneMatch(p -> p.severity() == Severity.ERROR);
    }

    private static ConfigProblem error(String file, String key, String message, String fix) {
        return new ConfigProblem(Severity.ERROR, file, 0, 0, key, message, fix);
    }

    private static String label(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return (folder == null ? "" : folder.getFileName() + "/") + file.getFileName();
    }
}
