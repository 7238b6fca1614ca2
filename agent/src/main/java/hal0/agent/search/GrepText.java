package hal0.agent.search;

import hal0.agent.search.GrepFound.FileHits;
import hal0.agent.search.GrepFound.Line;
import hal0.agent.tool.Counted;

/// Writes what a search found for a model, within bounds that it is told of.
final class GrepText {
    private static final int MOST_CHARACTERS = 30_000;
    private static final int MOST_LINES = 400;

    private final GrepRequest request;
    private final StringBuilder text = new StringBuilder();
    private int written;
    private boolean full;

    private GrepText(GrepRequest request) {
        this.request = request;
    }

    static String of(GrepFound found, GrepRequest request) {
        GrepText text = new GrepText(request);
        text.write(found);
        return text.text.toString().stripTrailing();
    }

    private void write(GrepFound found) {
        long count = 0;
        boolean more = found.stopped() != null;
        for (FileHits file : found.files()) {
            count += file.count();
            more |= file.more();
            if (!full) {
                write(file);
            }
        }
        if (found.files().isEmpty()) {
            text.append("nothing matches").append(request.place().words());
            if (request.glob() != null) {
                text.append(" in files ").append(request.glob());
            }
        }
        if (found.stopped() != null || full) {
            text.append("[not all is shown: ")
                    .append(found.stopped() != null ? found.stopped() : "it is too much")
                    .append("; narrow the pattern, the path or the glob]");
        } else if (!found.files().isEmpty()) {
            text.append(
                    switch (request.mode()) {
                        case FILES -> "[%s]".formatted(Counted.words(found.files().size(), "file"));
                        case LINES, COUNT ->
                                "[%s%s in %s]"
                                        .formatted(
                                                more ? "at least " : "",
                                                Counted.words(count, "line"),
                                                Counted.words(found.files().size(), "file"));
                    });
        }
    }

    private void write(FileHits file) {
        String name = request.place().named(file.name());
        switch (request.mode()) {
            case FILES -> line(name);
            case COUNT -> line(name + ": " + file.count());
            case LINES -> {
                line(name);
                lines(file);
            }
        }
    }

    private void lines(FileHits file) {
        long last = -1;
        for (Line line : file.lines()) {
            if (request.context() > 0 && last >= 0 && line.number() > last + 1) {
                line("--");
            }
            last = line.number();
            line(line.number() + (line.match() ? ":" : "-") + line.text());
        }
        if (file.more()) {
            line("[more in this file]");
        }
    }

    private void line(String line) {
        full |= written >= MOST_LINES || text.length() + line.length() > MOST_CHARACTERS;
        if (!full) {
            text.append(line).append('\n');
            written++;
        }
    }
}
