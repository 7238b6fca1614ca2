package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.relay.control.LocalSlotControl;
import hal0.relay.control.SlotJson;
import hal0.relay.control.SlotLine;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.log.LogBook;
import hal0.relay.log.LogLine;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// `/api/logs`: what hal0 logged in this run, or what a slot's server writes.
///
/// **Shape** as a list, or as events where those are asked for: the last lines, then each as it
/// comes. A client that is slower than the log misses what was forgotten meanwhile.
public final class LogRoutes implements RouteFamily {
    private static final String OURS = "hal0";
    private static final int USUAL = 200;
    private static final int MOST = 5000;
    private static final List<String> LEVELS =
            Arrays.stream(LogLine.Level.values()).map(LogLine.Level::word).toList();

    private static final Field[] QUERY = {
        Field.text("source", "Whose: hal0 (the usual), or the name of a slot."),
        Field.whole("lines", "How many of the last; 200 by default, 5000 at most."),
        Field.text("level", "The least that matters, of hal0's; info by default.").oneOf(LEVELS)
    };

    private static final List<Field> LINE =
            List.of(
                    Field.text("at", "When, as ISO 8601; null where nobody noted it.").orNull(),
                    Field.text("text", "The line."),
                    Field.text("level", "Of hal0's.").oneOf(LEVELS),
                    Field.text("name", "The part of hal0 that logs."),
                    Field.flag("error", "Whether it stood on standard error, of a slot's."));

    private final LogBook book;
    private final LocalSlotControl slots;
    private final SlotStreams streams;
    private final String epoch;
    private final Duration quiet;

    /// `epoch` names this run; `quiet` is how long nothing may be sent.
    public LogRoutes(LogBook book, LocalSlotControl slots, String epoch, Duration quiet) {
        this.book = book;
        this.slots = slots;
        this.streams = new SlotStreams(slots, quiet);
        this.epoch = epoch;
        this.quiet = quiet;
    }

    @Override
    public List<Route> routes() {
        String invalid = "validation.invalid 422";
        return List.of(
                new Route("GET", "/api/logs", Route.Access.ADMIN, this::logs)
                        .about(
                                About.of(
                                                "The last lines of a log; with Accept: text/event-stream"
                                                        + " as /api/logs/stream.")
                                        .query(QUERY)
                                        .answer(
                                                Field.text("source", "Whose."),
                                                Field.texts("lines", "The oldest first."),
                                                Field.list(
                                                        "entries",
                                                        "The same, apart.",
                                                        LINE.toArray(Field[]::new)))
                                        .errors("slot.not_found 404", invalid)),
                new Route("GET", "/api/logs/stream", Route.Access.ADMIN, this::stream)
                        .about(
                                About.of("The last lines of a log, then each as it comes.")
                                        .query(QUERY)
                                        .answer(200, About.Form.EVENTS, LINE)
                                        .errors("slot.not_found 404", invalid)));
    }

    private record Asked(String source, int lines, LogLine.Level level) {
        boolean ours() {
            return source.equals(OURS);
        }
    }

    private static Asked asked(Exchange exchange) {
        List<RelayException.Field> problems = new ArrayList<>();
        String source = exchange.query("source");
        int lines = lines(exchange.query("lines"), problems);
        LogLine.Level level = level(exchange.query("level"), problems);
        if (!problems.isEmpty()) {
            throw RelayException.invalid(problems);
        }
        return new Asked(source == null || source.isEmpty() ? OURS : source, lines, level);
    }

    private static int lines(@Nullable String text, List<RelayException.Field> problems) {
        if (text == null) {
            return USUAL;
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            problems.add(new RelayException.Field("lines", "it has to be a whole number above 0"));
            return USUAL;
        }
        return Math.min(Integer.parseInt(text), MOST);
    }

    private static LogLine.Level level(@Nullable String text, List<RelayException.Field> problems) {
        if (text == null) {
            return LogLine.Level.INFO;
        }
        return LogLine.Level.find(text.toLowerCase(Locale.ROOT))
                .orElseGet(() -> {
                    problems.add(
                            new RelayException.Field(
                                    "level", "it is one of " + String.join(", ", LEVELS)));
                    return LogLine.Level.INFO;
                });
    }

    private void logs(Exchange exchange, String rest) {
        String accept = exchange.header("Accept");
        if (accept != null && accept.contains("text/event-stream")) {
            stream(exchange, rest);
            return;
        }
        Asked asked = asked(exchange);
        if (asked.ours()) {
            List<LogLine> lines = book.last(asked.lines(), asked.level()).lines();
            answer(exchange, OURS, lines, LogLine::whole, LogRoutes::write);
        } else {
            List<SlotLine> lines = new ArrayList<>();
            slots.logs(asked.source(), asked.lines(), false, lines::add, exchange.cancel());
            answer(exchange, asked.source(), lines, SlotLine::text, LogRoutes::write);
        }
    }

    private interface Words<T> {
        String of(T line);
    }

    private interface Writing<T> {
        void to(JsonGenerator json, T line) throws IOException;
    }

    private static <T> void answer(
            Exchange exchange, String source, List<T> lines, Words<T> words, Writing<T> entry) {
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("source", source);
                    json.writeArrayFieldStart("lines");
                    for (T line : lines) {
                        json.writeString(words.of(line));
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("entries");
                    for (T line : lines) {
                        entry.to(json, line);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }));
    }

    private static void write(JsonGenerator json, LogLine line) throws IOException {
        json.writeStartObject();
        json.writeStringField("at", line.at().toString());
        json.writeStringField("level", line.level().word());
        json.writeStringField("name", line.name());
        json.writeStringField("text", line.text());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SlotLine line) throws IOException {
        SlotJson.write(json, line);
    }

    private void stream(Exchange exchange, String rest) {
        Asked asked = asked(exchange);
        if (!asked.ours()) {
            streams.logs(exchange, asked.source(), asked.lines());
            return;
        }
        LogBook.Batch first = first(exchange, asked);
        exchange.status(200)
                .set("Content-Type", "text/event-stream")
                .set("Cache-Control", "no-store")
                .set("X-Accel-Buffering", "no");
        try (OutputStream out = exchange.stream()) {
            follow(exchange, out, asked.level(), first);
        } catch (IOException e) {
            throw exchange.abort("the client left");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exchange.abort("the relay is shutting down");
        }
    }

    /// What came after the last line that a client has which comes back, else the last ones.
    private LogBook.Batch first(Exchange exchange, Asked asked) {
        String told = exchange.header("Last-Event-ID");
        String own = epoch + "-";
        LogBook.Batch last = book.last(asked.lines(), asked.level());
        if (told == null
                || !told.startsWith(own)
                || !told.substring(own.length()).matches("\\d{1,18}")) {
            return last;
        }
        long known = Long.parseLong(told.substring(own.length()));
        LogBook.Batch all = book.last(LogBook.REMEMBERED, asked.level());
        return new LogBook.Batch(
                all.lines().stream().filter(line -> line.id() > known).toList(), all.upTo());
    }

    private void follow(
            Exchange exchange, OutputStream out, LogLine.Level level, LogBook.Batch first)
            throws IOException, InterruptedException {
        LogBook.Batch batch = first;
        long written = System.nanoTime() - quiet.toNanos();
        while (!exchange.cancel().isCancelled()) {
            for (LogLine line : batch.lines()) {
                out.write("id: %s-%d\ndata: ".formatted(epoch, line.id()).getBytes(UTF_8));
                out.write(Json.bytes(json -> write(json, line)));
                out.write("\n\n".getBytes(UTF_8));
            }
            // The head of a stream that has nothing yet goes out with the first of these, too.
            boolean due = System.nanoTime() - written >= quiet.toNanos();
            if (batch.lines().isEmpty() && due) {
                out.write(": quiet\n\n".getBytes(UTF_8));
            }
            if (due || !batch.lines().isEmpty()) {
                out.flush();
                written = System.nanoTime();
            }
            if (book.isClosed()) {
                return;
            }
            batch = book.after(batch.upTo(), level, quiet, exchange.cancel());
        }
    }
}
