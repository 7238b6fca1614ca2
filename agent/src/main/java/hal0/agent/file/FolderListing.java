package hal0.agent.file;

import hal0.agent.search.Walker;
import hal0.agent.tool.ToolException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// What a folder holds, as an indented list; links are shown and not followed.
///
/// **Shape** folders as `name/`, files with their size. Without a walker nothing is left out.
/// **Threads** one.
final class FolderListing {
    private static final int MOST = 500;

    /// So many more are counted; then it is enough to say that there are more.
    private static final int MOST_COUNTED = 20_000;

    private final @Nullable Walker walker;
    private final int depth;
    private final BooleanSupplier stop;
    private final StringBuilder text = new StringBuilder();
    private int count;

    FolderListing(@Nullable Walker walker, int depth, BooleanSupplier stop) {
        this.walker = walker;
        this.depth = depth;
        this.stop = stop;
    }

    /// **Errors** [ToolException] when the folder cannot be read, or it was cancelled.
    String of(Path folder, String name) {
        try {
            list(folder, 1);
        } catch (IOException e) {
            throw OnDisk.unreadable(name, e);
        }
        if (stop.getAsBoolean()) {
            throw new ToolException("cancelled");
        }
        if (count == 0) {
            boolean empty = walker == null || new FolderListing(null, 1, stop).isEmpty(folder);
            return empty ? "[empty]" : "[only what git ignores; shown with all: true]";
        }
        if (count > MOST) {
            int more = count - MOST;
            text.append(
                    "[%s%d more; list a folder of it, or less depth]\n"
                            .formatted(more < MOST_COUNTED ? "" : "at least ", more));
        }
        return text.toString();
    }

    private boolean isEmpty(Path folder) {
        try {
            return entries(folder).isEmpty();
        } catch (IOException _) {
            return true; // it was just read; it can only be gone
        }
    }

    private void list(Path folder, int level) throws IOException {
        for (Path entry : entries(folder)) {
            if (count >= MOST + MOST_COUNTED || stop.getAsBoolean()) {
                return;
            }
            show(entry, level);
        }
    }

    private void show(Path entry, int level) {
        String name = String.valueOf(entry.getFileName());
        BasicFileAttributes about;
        try {
            about =
                    Files.readAttributes(
                            entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException _) {
            return; // gone since the folder was read
        }
        String shown = printable(name) + suffix(entry, about);
        boolean deeper = about.isDirectory() && level < depth && !name.equals(".git");
        line(level, shown);
        if (deeper) {
            try {
                list(entry, level + 1);
            } catch (IOException e) {
                line(level + 1, "[" + OnDisk.unreadable(printable(name), e).getMessage() + "]");
            }
        }
    }

    private void line(int level, String shown) {
        count++;
        if (count <= MOST) {
            text.repeat(' ', (level - 1) * 2).append(shown).append('\n');
        }
    }

    private static String suffix(Path entry, BasicFileAttributes about) {
        if (about.isDirectory()) {
            return "/";
        }
        if (about.isSymbolicLink()) {
            try {
                return " -> " + printable(Files.readSymbolicLink(entry).toString());
            } catch (IOException _) {
                return " -> ?"; // replaced since the folder was read
            }
        }
        return about.isRegularFile() ? "  " + Sizes.of(about.size()) : "  (no file)";
    }

    private List<Path> entries(Path folder) throws IOException {
        List<Path> entries = new ArrayList<>();
        if (walker != null) {
            entries.addAll(walker.entries(folder));
        } else {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
                all.forEach(entries::add);
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        entries.sort(Comparator.comparing(each -> String.valueOf(each.getFileName())));
        return entries;
    }

    /// A name may hold a newline, which would look like two names.
    private static String printable(String name) {
        StringBuilder text = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            text.append(Character.isISOControl(c) ? "\\u%04x".formatted((int) c) : c);
        }
        return text.toString();
    }
}
