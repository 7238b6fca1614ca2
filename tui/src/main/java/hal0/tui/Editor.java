package hal0.tui;

import hal0.tui.state.UiEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The user's editor, which gets the prompt as a file that only the user can read.
///
/// **Shape** `$VISUAL`, else `$EDITOR`, both with arguments as a shell would read them; else what
/// there is of `nano` and `vi`. The file is gone afterwards. **Threads** the UI thread, which has
/// nothing to draw meanwhile.
final class Editor {
    private static final System.Logger LOG = System.getLogger(Editor.class.getName());
    private static final String WHAT = "The prompt was not edited";

    private final Map<String, String> environment;

    Editor(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /// What the user made of `text`, or why that came to nothing.
    UiEvent edit(String text) {
        String command = command();
        if (command == null) {
            return new UiEvent.Refused(WHAT, "there is no editor; set EDITOR to one");
        }
        Path folder = null;
        try {
            folder = Files.createTempDirectory("hal0-");
            Path file = Files.createTempFile(folder, "prompt-", ".md");
            Files.writeString(file, text);
            int status = run(command, file);
            if (status != 0) {
                return new UiEvent.Refused(WHAT, "`" + command + "` ended with status " + status);
            }
            return new UiEvent.Edited(read(file));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the editor did not run", e);
            return new UiEvent.Refused(WHAT, "`" + command + "`: " + e.getMessage());
        } finally {
            delete(folder);
        }
    }

    /// Opens a file of the user's; that it was closed, or why it was not opened.
    UiEvent open(Path file) {
        String what = file.getFileName() + " was not edited";
        String command = command();
        if (command == null) {
            return new UiEvent.Refused(what, "there is no editor; set EDITOR to one");
        }
        try {
            int status = run(command, file);
            return status == 0
                    ? new UiEvent.FileEdited()
                    : new UiEvent.Refused(what, "`" + command + "` ended with status " + status);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "the editor did not run", e);
            return new UiEvent.Refused(what, "`" + command + "`: " + e.getMessage());
        }
    }

    /// Editors end a file with a line break that nobody typed.
    private static String read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        String lines = text.replace("\r\n", "\n");
        return lines.endsWith("\n") ? lines.substring(0, lines.length() - 1) : lines;
    }

    /// By the shell, because people set `EDITOR` to command lines such as `code --wait`.
    private static int run(String command, Path file) throws IOException {
        Process process =
                new ProcessBuilder("sh", "-c", command + " \"$1\"", "sh", file.toString())
                        .inheritIO()
                        .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private @Nullable String command() {
        for (String name : List.of("VISUAL", "EDITOR")) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return value;
            }
        }
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            for (String name : List.of("nano", "vi")) {
                if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, name))) {
                    return name;
                }
            }
        }
        return null;
    }

    /// With what the editor left beside the file, such as a copy of it.
    private static void delete(@Nullable Path folder) {
        if (folder == null) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (var all = Files.newDirectoryStream(folder)) {
            all.forEach(files::add);
            files.add(folder);
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot delete " + folder, e);
        }
    }
}
