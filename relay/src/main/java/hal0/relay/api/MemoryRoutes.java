package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.memory.Embedding;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory;
import hal0.home.memory.MemoryFile;
import hal0.home.memory.Note;
import hal0.home.memory.Revision;
import hal0.home.memory.Scope;
import hal0.relay.control.LocalMemory;
import hal0.relay.control.MemoryControl;
import hal0.relay.control.NoteJson;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.guard.BodyLimit;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// `/api/memory`: what is remembered, to be looked at, found, changed and forgotten.
public final class MemoryRoutes implements RouteFamily {
    private static final BodyLimit IMPORT = new BodyLimit(32L * 1024 * 1024);
    private static final String NOT_FOUND = "memory.not_found 404";
    private static final String INVALID = "validation.invalid 422";

    private final LocalMemory memory;
    private final InstantSource clock;

    public MemoryRoutes(LocalMemory memory, InstantSource clock) {
        this.memory = memory;
        this.clock = clock;
    }

    private static Route route(
            String method, String path, Route.Handler handler, About description) {
        return new Route(method, path, Route.Access.ADMIN, handler).about(description);
    }

    @Override
    public List<Route> routes() {
        List<Field> rows = List.of(MemoryBody.ROW);
        return List.of(
                route(
                        "GET",
                        "/api/memory",
                        this::list,
                        About.of("The newest notes; with after the oldest, oldest first.")
                                .query(
                                        MemoryQuery.BANK,
                                        MemoryQuery.TAG,
                                        MemoryQuery.META,
                                        MemoryQuery.SINCE,
                                        Field.whole("before", "Only with an id below this."),
                                        Field.whole("after", "Only with an id above this."),
                                        MemoryQuery.LIMIT)
                                .answer(200, About.Form.LIST, rows)
                                .errors(INVALID)),
                route(
                        "GET",
                        "/api/memory/search",
                        this::search,
                        About.of("The notes that fit words best, and by their meaning too.")
                                .query(
                                        Field.text("q", "What to look for.").must(),
                                        Field.text(
                                                        "by",
                                                        "By what they are found; words asks no model.")
                                                .oneOf(List.of("words", "meaning")),
                                        MemoryQuery.BANK,
                                        MemoryQuery.TAG,
                                        MemoryQuery.META,
                                        MemoryQuery.SINCE,
                                        MemoryQuery.LIMIT)
                                .answer(200, About.Form.LIST, rows)
                                .errors(INVALID)),
                route(
                        "GET",
                        "/api/memory/banks",
                        this::banks,
                        About.of("The banks.")
                                .answer(
                                        200,
                                        About.Form.LIST,
                                        List.of(
                                                Field.text("bank", "Its name."),
                                                Field.whole("notes", "How many it holds.")))),
                route(
                        "GET",
                        "/api/memory/vectors",
                        this::vectors,
                        About.of("How far notes can be found by their meaning.")
                                .answer(
                                        Field.text("model", "Empty without one."),
                                        Field.whole("waiting", "Notes without a vector yet."),
                                        Field.text("problem", "What stands in the way.").orNull())),
                route(
                        "GET",
                        "/api/memory/export",
                        this::export,
                        About.of("All notes as lines of JSON, oldest first.")
                                .query(MemoryQuery.BANK)
                                .answer(200, About.Form.LINES, rows)
                                .errors(INVALID)),
                route(
                        "GET",
                        "/api/memory/{id}",
                        this::one,
                        About.of("One note.").answer(MemoryBody.ROW).errors(NOT_FOUND)),
                route(
                        "POST",
                        "/api/memory",
                        this::add,
                        About.of("Remembers a note; one that is known is told again.")
                                .body(MemoryBody.NEW)
                                .answer(201, About.Form.OBJECT, MemoryBody.TOLD)
                                .errors(INVALID)),
                route(
                        "POST",
                        "/api/memory/import",
                        this::load,
                        About.of(
                                        "Remembers notes from lines of JSON; what is known stays as it is.")
                                .query(
                                        Field.text(
                                                "bank",
                                                "For lines that name none; default by default."))
                                .answer(
                                        Field.whole("added", "How many were new."),
                                        Field.whole("known", "How many were known."))
                                .errors(INVALID)),
                route(
                        "PUT",
                        "/api/memory/{id}",
                        this::change,
                        About.of("Changes what is sent of a note; a twin is taken into it.")
                                .body(MemoryBody.CHANGE)
                                .answer(MemoryBody.ROW)
                                .errors(NOT_FOUND, INVALID)),
                route(
                        "DELETE",
                        "/api/memory/{id}",
                        this::delete,
                        About.of("Forgets a note.")
                                .answer(Field.whole("deleted", "How many."))
                                .errors(NOT_FOUND)),
                route(
                        "DELETE",
                        "/api/memory",
                        this::deleteOld,
                        About.of("Forgets what was last told long ago.")
                                .query(
                                        Field.text("older_than", "An age: 12h, 90d, 26w."),
                                        Field.text("told_before", "Or a moment, as ISO 8601."),
                                        MemoryQuery.BANK)
                                .answer(Field.whole("deleted", "How many."))
                                .errors(INVALID)));
    }

    private MemoryControl by(Exchange exchange) {
        return memory.by(exchange.principal().name());
    }

    private void list(Exchange exchange, String rest) {
        MemoryQuery query = new MemoryQuery(exchange);
        Scope scope = query.scope();
        boolean forward = exchange.query("after") != null;
        long before = query.number("before", Long.MAX_VALUE);
        long after = query.number("after", 0);
        int limit = query.limit();
        query.check();
        List<Memorized> notes =
                forward ? memory.oldest(scope, after, limit) : memory.newest(scope, before, limit);
        send(exchange, notes.stream().map(note -> new Row(note, null)).toList());
    }

    private void search(Exchange exchange, String rest) {
        MemoryQuery query = new MemoryQuery(exchange);
        Scope scope = query.scope();
        int limit = query.limit();
        Memory.By by = query.by();
        String words = query.words();
        query.check();
        List<Memory.Hit> hits = memory.search(scope, words, limit, by);
        send(exchange, hits.stream().map(hit -> new Row(hit.item(), hit.score())).toList());
    }

    private record Row(Memorized item, @Nullable Double score) {}

    private static void send(Exchange exchange, List<Row> rows) {
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (Row row : rows) {
                        NoteJson.write(json, row.item(), row.score());
                    }
                    json.writeEndArray();
                }));
    }

    private static void send(Exchange exchange, Memorized note) {
        exchange.sendJson(200, Json.bytes(json -> NoteJson.write(json, note, null)));
    }

    private void banks(Exchange exchange, String rest) {
        Map<String, Long> banks = memory.banks();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (Map.Entry<String, Long> bank : banks.entrySet()) {
                        json.writeStartObject();
                        json.writeStringField("bank", bank.getKey());
                        json.writeNumberField("notes", bank.getValue());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }));
    }

    private void vectors(Exchange exchange, String rest) {
        Embedding.Progress progress = memory.progress();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("model", progress.model());
                    json.writeNumberField("waiting", progress.waiting());
                    json.writeStringField("problem", progress.problem());
                    json.writeEndObject();
                }));
    }

    private void export(Exchange exchange, String rest) {
        MemoryQuery query = new MemoryQuery(exchange);
        @Nullable String bank = query.bank();
        query.check();
        exchange.set("Content-Type", "application/x-ndjson; charset=utf-8");
        exchange.set("Content-Disposition", "attachment; filename=\"memory.jsonl\"");
        try (Writer out = new BufferedWriter(new OutputStreamWriter(exchange.stream(), UTF_8))) {
            var _ = new MemoryFile(memory).write(bank, out);
        } catch (IOException e) {
            throw exchange.abort("the client left");
        }
    }

    private static RelayException noNote(String id) {
        String shown = id.length() <= 20 && id.chars().allMatch(Character::isDigit) ? id : "?";
        return RelayException.of(404, "memory.not_found", "there is no note " + shown);
    }

    /// **Errors** [RelayException] for what is no number: no note has that.
    private static long id(String segment) {
        try {
            return Long.parseLong(segment);
        } catch (NumberFormatException e) {
            throw noNote(segment);
        }
    }

    private void one(Exchange exchange, String id) {
        send(exchange, memory.find(id(id)).orElseThrow(() -> noNote(id)));
    }

    private void add(Exchange exchange, String rest) {
        JsonBody body = JsonBody.of(exchange, MemoryBody.NEW);
        Note note = MemoryBody.note(body, exchange.principal().name());
        Memory.Kept kept = by(exchange).add(note);
        Memorized now = memory.find(kept.id()).orElseThrow(() -> noNote("" + kept.id()));
        exchange.sendJson(201, Json.bytes(json -> NoteJson.write(json, now, kept.known())));
    }

    private void change(Exchange exchange, String id) {
        JsonBody body = JsonBody.of(exchange, MemoryBody.CHANGE);
        Revision revision = MemoryBody.checked(() -> MemoryBody.revision(body));
        send(
                exchange,
                MemoryBody.checked(() -> by(exchange).revise(id(id), revision))
                        .orElseThrow(() -> noNote(id)));
    }

    private void delete(Exchange exchange, String id) {
        if (!by(exchange).delete(id(id))) {
            throw noNote(id);
        }
        deleted(exchange, 1);
    }

    private void deleteOld(Exchange exchange, String rest) {
        MemoryQuery query = new MemoryQuery(exchange);
        @Nullable String bank = query.bank();
        @Nullable Instant ago = query.ago("older_than", clock.instant());
        @Nullable Instant then = ago == null ? query.moment("told_before") : ago;
        query.check();
        if (then == null) {
            throw RelayException.invalid(
                    List.of(
                            new RelayException.Field(
                                    "older_than",
                                    "it is missing: an age such as 90d (or told_before, a moment)")));
        }
        deleted(exchange, by(exchange).deleteToldBefore(bank, then));
    }

    private static void deleted(Exchange exchange, int count) {
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeNumberField("deleted", count);
                    json.writeEndObject();
                }));
    }

    private void load(Exchange exchange, String rest) {
        MemoryQuery query = new MemoryQuery(exchange);
        String bank = Objects.requireNonNullElse(query.bank(), Note.USUAL_BANK);
        query.check();
        byte[] body = exchange.body(IMPORT);
        MemoryFile.Imported imported = imported(by(exchange), body, bank);
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeNumberField("added", imported.added());
                    json.writeNumberField("known", imported.known());
                    json.writeEndObject();
                }));
    }

    private MemoryFile.Imported imported(MemoryControl into, byte[] lines, String bank) {
        try (BufferedReader in =
                new BufferedReader(
                        new InputStreamReader(
                                new ByteArrayInputStream(lines), UTF_8.newDecoder()))) {
            return new MemoryFile(into).read(in, bank, clock.instant());
        } catch (MemoryFile.BadLineException e) {
            throw RelayException.invalid(
                    List.of(new RelayException.Field("", String.valueOf(e.getMessage()))));
        } catch (CharacterCodingException e) {
            throw RelayException.invalid(
                    List.of(new RelayException.Field("", "the lines are not UTF-8")));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory does not fail to be read
        }
    }
}
