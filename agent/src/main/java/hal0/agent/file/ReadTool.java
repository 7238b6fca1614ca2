package hal0.agent.file;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.tool.ToolText;
import hal0.providers.http.CancelToken;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.message.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/// Shows a file: lines of text with their numbers, or a picture, or a PDF.
final class ReadTool implements AgentTool {
    private static final long LARGEST_PICTURE = 5L << 20;
    private static final long LARGEST_PDF = 10L << 20;

    private final Tool definition = ToolText.of(ReadTool.class, "read");
    private final Places places;
    private final SeenFiles seen;

    ReadTool(Places places, SeenFiles seen) {
        this.places = places;
        this.seen = seen;
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public PlannedCall plan(ObjectNode given) {
        Arguments arguments = Arguments.of(given, "path", "offset", "limit");
        String name = arguments.text("path");
        int offset = arguments.number("offset", 1, 1, Integer.MAX_VALUE);
        int limit = arguments.number("limit", LineWindow.MOST_LINES, 1, Integer.MAX_VALUE);
        Path path = places.resolve(name);
        String title = "read " + places.name(path) + (offset > 1 ? " from line " + offset : "");
        TextRange range =
                new TextRange(offset, Math.min(limit, LineWindow.MOST_LINES), places.name(path));
        return new Look(
                title,
                List.of(new Deed.Read(path)),
                run -> {
                    places.demandUnmoved(name, path);
                    return read(path, range, run);
                });
    }

    private ToolOutcome read(Path path, TextRange range, ToolRun run) {
        try {
            OnDisk.demandFile(path, range.name());
            try (FileChannel file = FileChannel.open(path, OnDisk.READ);
                    // Some files of the system wait for ever.
                    CancelToken.Registration _ = run.cancel().onCancel(() -> closed(file))) {
                return shown(path, file, range, run);
            }
        } catch (NoSuchFileException _) {
            throw places.missing(path);
        } catch (IOException e) {
            throw OnDisk.unreadable(range.name(), e);
        }
    }

    private static void closed(FileChannel file) {
        try {
            file.close();
        } catch (IOException _) {
            // It was only read: nothing is lost, and the reading ends.
        }
    }

    private ToolOutcome shown(Path path, FileChannel file, TextRange range, ToolRun run)
            throws IOException {
        byte[] head = Channels.newInputStream(file).readNBytes(FileKind.HEAD);
        file.position(0);
        return switch (FileKind.of(head)) {
            case FileKind.Text(var encoding) -> {
                TextRange.Shown shown = range.of(file, encoding, run.cancel());
                if (shown.hash() != null) {
                    seen.saw(path, shown.hash());
                }
                yield ToolOutcome.of(shown.text());
            }
            case FileKind.Picture(var type) -> {
                byte[] bytes = whole(path, file, LARGEST_PICTURE, range.name());
                MediaSource source = source(type, bytes);
                yield with(new Part.Image(source), "%s: %s", range.name(), type, bytes.length);
            }
            case FileKind.Pdf _ -> {
                byte[] bytes = whole(path, file, LARGEST_PDF, range.name());
                MediaSource source = source("application/pdf", bytes);
                Part document = new Part.Document(source, String.valueOf(path.getFileName()));
                yield with(document, "%s: %s", range.name(), "PDF", bytes.length);
            }
            case FileKind.Binary(var what) -> {
                if (file.size() <= OnDisk.LARGEST) {
                    // The model knows now what it would replace.
                    whole(path, file, OnDisk.LARGEST, range.name());
                }
                yield ToolOutcome.failed(
                        "%s is %s (%s), not text; look into it by a command"
                                .formatted(range.name(), what, Sizes.of(file.size())));
            }
        };
    }

    private byte[] whole(Path path, FileChannel file, long largest, String name)
            throws IOException {
        if (file.size() > largest) {
            throw new ToolException(
                    "%s has %s; at most %s can be shown"
                            .formatted(name, Sizes.of(file.size()), Sizes.of(largest)));
        }
        InputStream in = Channels.newInputStream(file);
        byte[] bytes = in.readAllBytes();
        seen.saw(path, ContentHash.of(bytes));
        return bytes;
    }

    private static MediaSource source(String type, byte[] bytes) {
        return new MediaSource.Base64(type, Base64.getEncoder().encodeToString(bytes));
    }

    private static ToolOutcome with(Part part, String format, String name, String type, long size) {
        String text = format.formatted(name, type) + ", " + Sizes.of(size);
        return new ToolOutcome(List.of(new Part.Text(text), part), false, null, null);
    }
}
