package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.error.ErrorKind;
import hal0.home.memory.Embedding;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory;
import hal0.home.memory.MemoryFile;
import hal0.home.memory.Note;
import hal0.home.memory.Revision;
import hal0.home.memory.Scope;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The memory of another process, over its `/api`.
final class HttpMemory implements MemoryControl {
    private static final String PATH = "/api/memory";

    private final RelayCalls relay;

    HttpMemory(RelayCalls relay) {
        this.relay = relay;
    }

    @Override
    public Memory.Kept add(Note note) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("text", note.text());
        body.put("bank", note.bank());
        body.put("tags", note.tags());
        body.put("metadata", note.metadata());
        body.put("source", note.source());
        JsonNode kept = relay.call("POST", PATH, body);
        return new Memory.Kept(kept.path("id").asLong(), kept.path("known").asBoolean());
    }

    @Override
    public List<Memory.Hit> search(Scope scope, String query, int limit, Memory.By by) {
        return rows(
                PATH
                        + "/search"
                        + query(scope, "limit=" + limit)
                        + "&by="
                        + by.name().toLowerCase(Locale.ROOT)
                        + "&q="
                        + RelayCalls.segment(query),
                NoteJson::hit);
    }

    @Override
    public List<Memorized> newest(Scope scope, long before, int limit) {
        return rows(PATH + query(scope, "before=" + before + "&limit=" + limit), NoteJson::read);
    }

    @Override
    public List<Memorized> oldest(Scope scope, long after, int limit) {
        return rows(PATH + query(scope, "after=" + after + "&limit=" + limit), NoteJson::read);
    }

    private static String query(Scope scope, String first) {
        StringBuilder query = new StringBuilder("?").append(first);
        if (scope.bank() != null) {
            query.append("&bank=").append(RelayCalls.segment(scope.bank()));
        }
        scope.tags().forEach(tag -> query.append("&tag=").append(RelayCalls.segment(tag)));
        scope.metadata()
                .forEach((key, value) ->
                        query.append("&meta=").append(RelayCalls.segment(key + "=" + value)));
        if (scope.since() != null) {
            query.append("&since=").append(RelayCalls.segment(scope.since().toString()));
        }
        return query.toString();
    }

    private <T> List<T> rows(String path, Function<JsonNode, T> read) {
        List<T> rows = new ArrayList<>();
        try {
            relay.call("GET", path, null).forEach(row -> rows.add(read.apply(row)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw relay.unusable(PATH, e);
        }
        return rows;
    }

    @Override
    public Optional<Memorized> find(long id) {
        return answered(() -> NoteJson.read(relay.call("GET", PATH + "/" + id, null)));
    }

    @Override
    public Map<String, Long> banks() {
        Map<String, Long> banks = new LinkedHashMap<>();
        relay.call("GET", PATH + "/banks", null)
                .forEach(row -> banks.put(row.path("bank").asText(), row.path("notes").asLong()));
        return banks;
    }

    @Override
    public Optional<Memorized> revise(long id, Revision revision) {
        Map<String, Object> body = new LinkedHashMap<>();
        put(body, "text", revision.text());
        put(body, "tags", revision.tags());
        put(body, "metadata", revision.metadata());
        put(body, "bank", revision.bank());
        return answered(() -> NoteJson.read(relay.call("PUT", PATH + "/" + id, body)));
    }

    private static void put(Map<String, Object> body, String key, @Nullable Object value) {
        if (value != null) {
            body.put(key, value);
        }
    }

    @Override
    public boolean delete(long id) {
        return answered(() -> relay.call("DELETE", PATH + "/" + id, null)).isPresent();
    }

    @FunctionalInterface
    private interface Call<T> {
        T answer();
    }

    /// Empty where there is no such note.
    private static <T> Optional<T> answered(Call<T> call) {
        try {
            return Optional.of(call.answer());
        } catch (ControlException e) {
            if (e.refusal() == Refusal.NO_NOTE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public int deleteToldBefore(@Nullable String bank, Instant then) {
        String path = PATH + query(Scope.of(bank), "told_before=" + then);
        return relay.call("DELETE", path, null).path("deleted").asInt();
    }

    @Override
    public MemoryFile.Imported keep(List<Memorized> items) {
        String lines = items.stream().map(MemoryFile::line).collect(Collectors.joining("\n"));
        JsonNode kept = relay.call("POST", PATH + "/import", lines);
        return new MemoryFile.Imported(kept.path("added").asInt(), kept.path("known").asInt());
    }

    @Override
    public Embedding.Progress progress() {
        JsonNode progress = relay.call("GET", PATH + "/vectors", null);
        if (!progress.has("model")) {
            throw new ControlException(
                    ErrorKind.BAD_STREAM, relay.address() + " did not answer as hal0 does", null);
        }
        return new Embedding.Progress(
                progress.path("model").asText(),
                progress.path("waiting").asLong(),
                SlotJson.text(progress, "problem"));
    }
}
