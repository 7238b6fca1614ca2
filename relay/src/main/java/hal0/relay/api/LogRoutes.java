package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.IoReason;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `/api/logs`: the end of hal0's own log file, which there is where a screen took the terminal.
public final class LogRoutes implements RouteFamily {
    private static final int USUAL = 200;
    private static final int MOST = 5000;

    /// Lines are looked for in that much of its end.
    private static final int WINDOW = 1024 * 1024;

    private final Path file;

    public LogRoutes(Path file) {
        this.file = file;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/logs", Route.Access.ADMIN, this::tail)
                        .about(
                                About.of("The last lines of hal0's log file.")
                                        .query(
                                                Field.text("source", "Whose; only hal0 has one.")
                                                        .oneOf(List.of("hal0")),
                                                Field.whole(
                                                        "lines", "200 by default, 5000 at most."))
                                        .answer(
                                                Field.text("source", "Always hal0."),
                                                Field.texts("lines", "The oldest first."))
                                        .errors("logs.not_found 404", "validation.invalid 422")));
    }

    private void tail(Exchange exchange, String rest) {
        String source = exchange.query("source");
        if (source != null && !source.equals("hal0")) {
            throw RelayException.invalid(
                    List.of(new RelayException.Field("source", "it is one of hal0")));
        }
        List<String> lines = lines(wanted(exchange.query("lines")));
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("source", "hal0");
                    json.writeArrayFieldStart("lines");
                    for (String line : lines) {
                        json.writeString(line);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }));
    }

    private static int wanted(@Nullable String text) {
        if (text == null) {
            return USUAL;
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw RelayException.invalid(
                    List.of(
                            new RelayException.Field(
                                    "lines", "it has to be a whole number above 0")));
        }
        return Math.min(Integer.parseInt(text), MOST);
    }

    private List<String> lines(int wanted) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long start = Math.max(0, channel.size() - WINDOW);
            channel.position(start);
            ByteBuffer end = ByteBuffer.allocate((int) (channel.size() - start));
            int read = 0;
            while (end.hasRemaining() && read >= 0) {
                read = channel.read(end);
            }
            List<String> all = new String(end.array(), 0, end.position(), UTF_8).lines().toList();
            // The first may have lost its beginning.
            int first = Math.max(start > 0 && all.size() > 1 ? 1 : 0, all.size() - wanted);
            return all.subList(first, all.size());
        } catch (NoSuchFileException e) {
            throw RelayException.of(
                    404,
                    "logs.not_found",
                    "there is no log file: hal0 serve writes its log to standard error");
        } catch (IOException e) {
            throw RelayException.of(
                    500, "logs.unreadable", "the log cannot be read: " + IoReason.of(e));
        }
    }
}
