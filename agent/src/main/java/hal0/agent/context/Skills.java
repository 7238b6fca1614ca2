package hal0.agent.context;

import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the user has taught agents to do: folders with a `SKILL.md`, of which a model knows the
/// name and one line, and reads the rest with its `read` tool when a task needs it.
///
/// **Shape** `folders` are real paths that must be readable without a question; skills are in the
/// order of their names. **Source** agentskills.io/specification, read 2026-11.
public record Skills(Path folder, List<Skill> skills, List<Path> folders, List<String> problems) {
    private static final String FILE = "SKILL.md";
    private static final int HEAD_BYTES = 16 * 1024;
    private static final int LONGEST_LINE = 250;
    private static final int LONGEST_LIST = 6_000;

    /// One of them; `file` is its `SKILL.md`.
    public record Skill(String name, String description, Path file) {}

    public Skills {
        skills = List.copyOf(skills);
        folders = List.copyOf(folders);
        problems = List.copyOf(problems);
    }

    /// A folder that is missing holds none.
    public static Skills read(Path folder) {
        List<Skill> skills = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            folders.add(folder.toRealPath());
            for (Path each : list.filter(Skills::counts).sorted().toList()) {
                Optional<Skill> skill = skill(each, problems);
                if (skill.isPresent()) {
                    skills.add(skill.get());
                    folders.add(each.toRealPath());
                }
            }
        } catch (NoSuchFileException _) {
            return new Skills(folder, List.of(), List.of(), List.of());
        } catch (IOException e) {
            problems.add("%s cannot be read: %s".formatted(folder, IoReason.of(e)));
        }
        return new Skills(folder, skills, folders.stream().distinct().toList(), problems);
    }

    private static boolean counts(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    private static Optional<Skill> skill(Path folder, List<String> problems) {
        Path file = folder.resolve(FILE);
        try {
            FrontMatter head = FrontMatter.of(BoundedText.read(file, HEAD_BYTES).text());
            String description = head.line("description");
            if (description.isEmpty()) {
                problems.add(
                        "%s has no description, so that no model would know when to use it; begin it with lines of ---, name: …, description: …, ---"
                                .formatted(file));
                return Optional.empty();
            }
            return Optional.of(new Skill(String.valueOf(folder.getFileName()), description, file));
        } catch (IOException e) {
            problems.add("%s cannot be read: %s".formatted(file, IoReason.of(e)));
            return Optional.empty();
        }
    }

    /// What a model is told; empty when there are none.
    String text() {
        if (skills.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("Skills: before a task that one fits, read ");
        text.append(folder).append("/NAME/").append(FILE).append(" and do as it says.");
        int listed = 0;
        for (Skill skill : skills) {
            String line = "\n- " + skill.name() + ": " + shortened(skill.description());
            if (text.length() + line.length() > LONGEST_LIST) {
                text.append("\n- and %d more in that folder".formatted(skills.size() - listed));
                break;
            }
            text.append(line);
            listed++;
        }
        return text.toString();
    }

    private static String shortened(String line) {
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        int end = LONGEST_LINE - 1;
        return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end)
                + '…';
    }
}
