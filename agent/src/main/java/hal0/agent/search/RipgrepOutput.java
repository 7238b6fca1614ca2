package hal0.agent.search;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.agent.search.GrepFound.FileHits;
import hal0.agent.search.GrepFound.Line;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what ripgrep writes into what hal0 would have found itself.
///
/// **Source** the documentation of `grep_printer::JSON` of ripgrep, read 2026-11.
final class RipgrepOutput {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GrepRequest request;
    private final List<FileHits> files = new ArrayList<>();
    private List<Line> lines = new ArrayList<>();
    private long found;

    RipgrepOutput(GrepRequest request) {
        this.request = request;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    GrepFound found(@Nullable String stopped) {
        files.sort(Comparator.comparing(FileHits::name));
        return new GrepFound(files, stopped);
    }

    /// Reads to the end, or until it is enough: then false.
    boolean read(BufferedReader in) throws IOException {
        return switch (request.mode()) {
            case LINES -> readLines(in);
            case FILES, COUNT -> readNames(in);
        };
    }

    private boolean readNames(BufferedReader in) throws IOException {
        StringBuilder name = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c != 0) {
                name.append((char) c);
                continue;
            }
            String count = request.mode() == GrepRequest.Mode.COUNT ? in.readLine() : "1";
            String file = relative(name.toString());
            name.setLength(0);
            if (request.wants(file)) {
                files.add(new FileHits(file, Long.parseLong(count), false, List.of()));
                if (files.size() >= Grep.MOST_FOUND) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean readLines(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            JsonNode event = JSON.readTree(line);
            JsonNode data = event.path("data");
            switch (event.path("type").asText()) {
                case "begin" -> lines = new ArrayList<>();
                case "match" -> add(data, true);
                case "context" -> add(data, false);
                case "end" -> end(data);
                default -> {}
            }
            if (found >= Grep.MOST_FOUND) {
                return false;
            }
        }
        return true;
    }

    private void add(JsonNode data, boolean match) throws IOException {
        String line = text(data.path("lines")).lines().findFirst().orElse("");
        int at = data.path("submatches").path(0).path("start").asInt(0);
        lines.add(new Line(data.path("line_number").asLong(), LongLine.cut(line, at), match));
    }

    private void end(JsonNode data) throws IOException {
        String name = relative(text(data.path("path")));
        long count = lines.stream().filter(Line::match).count();
        if (count == 0 || !data.path("binary_offset").isNull() || !request.wants(name)) {
            return;
        }
        boolean more = count > FileSearch.MOST_LINES;
        if (more) {
            // One more was asked for, to know.
            while (!lines.getLast().match()) {
                lines.removeLast();
            }
            lines.removeLast();
            count = FileSearch.MOST_LINES;
        }
        files.add(new FileHits(name, count, more, List.copyOf(lines)));
        found += count;
    }

    /// Text that is not UTF-8 comes in base 64.
    private static String text(JsonNode node) throws IOException {
        return node.has("bytes")
                ? new String(node.path("bytes").binaryValue(), UTF_8)
                : node.path("text").asText();
    }

    private String relative(String file) {
        Path start = request.place().start();
        return request.place().folder()
                ? start.relativize(Path.of(file)).toString().replace('\\', '/')
                : "";
    }
}
