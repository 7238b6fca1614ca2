package hal0.agent.context;

import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The user's own slash commands: each `NAME.md` of a folder is `/NAME`.
///
/// **Shape** in the order of their names. A file may begin with `description` and `model` between
/// two lines of `---`; without a description its first line is that. `problems` are for the user.
public record SlashCommands(List<SlashCommand> commands, List<String> problems) {
    private static final String SUFFIX = ".md";
    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    public SlashCommands {
        commands = List.copyOf(commands);
        problems = List.copyOf(problems);
    }

    /// A folder that is missing holds none.
    public static SlashCommands read(Path folder) {
        List<SlashCommand> commands = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : list.filter(SlashCommands::counts).sorted().toList()) {
                command(file, problems).ifPresent(commands::add);
            }
        } catch (NoSuchFileException _) {
            return new SlashCommands(List.of(), List.of());
        } catch (IOException e) {
            problems.add("%s cannot be read: %s".formatted(folder, IoReason.of(e)));
        }
        return new SlashCommands(commands, problems);
    }

    public Optional<SlashCommand> find(String name) {
        return commands.stream().filter(command -> command.name().equals(name)).findFirst();
    }

    private static boolean counts(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }

    private static Optional<SlashCommand> command(Path file, List<String> problems) {
        String fileName = String.valueOf(file.getFileName());
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    "%s names no command: use letters, digits, - and _, such as review.md"
                            .formatted(file));
            return Optional.empty();
        }
        try {
            BoundedText read = BoundedText.read(file, MOST_BYTES);
            if (read.cut()) {
                problems.add(file + " is longer than 64 KB and is not used; shorten it");
                return Optional.empty();
            }
            FrontMatter head = FrontMatter.of(read.text());
            String body = head.body().strip();
            if (body.isEmpty()) {
                problems.add(file + " says nothing; write what the model is to do");
                return Optional.empty();
            }
            String model = head.line("model");
            return Optional.of(
                    new SlashCommand(
                            name, description(head, body), model.isEmpty() ? null : model, body));
        } catch (IOException e) {
            problems.add("%s cannot be read: %s".formatted(file, IoReason.of(e)));
            return Optional.empty();
        }
    }

    private static String description(FrontMatter head, String body) {
        String told = head.line("description");
        return told.isEmpty()
                ? body.lines().findFirst().orElse("").replaceFirst("^#+\\s*", "").strip()
                : told;
    }
}
