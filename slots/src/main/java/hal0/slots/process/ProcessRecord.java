package hal0.slots.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.AtomicFile;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.runtime.Running;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One start of a slot's server: the process that leads its session.
///
/// **Shape** `launch` is another for every start; `boot` the machine's start after which `started`
/// counts. It is kept in a file beside the slot's log and can be read from the process itself, so
/// that either may be missing.
record ProcessRecord(
        String slot,
        long pid,
        long started,
        String boot,
        String launch,
        String fingerprint,
        @Nullable String model,
        int port,
        Instant startedAt) {
    private static final ObjectMapper JSON = new ObjectMapper();

    String id() {
        return pid + "@" + started;
    }

    /// What a process that bears our marks says of itself.
    static ProcessRecord of(
            ProcessTable table, ProcessTable.Entry entry, Map<String, String> marks) {
        return new ProcessRecord(
                marks.getOrDefault(Marks.SLOT, ""),
                entry.pid(),
                entry.started(),
                table.boot(),
                marks.getOrDefault(Marks.LAUNCH, ""),
                marks.getOrDefault(Marks.FINGERPRINT, ""),
                marks.get(Marks.MODEL),
                port(marks.getOrDefault(Marks.PORT, "")),
                table.startOf(entry));
    }

    private static int port(String text) {
        return text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
    }

    Running running(boolean alive, List<Long> pids) {
        return new Running(
                slot,
                RuntimeName.PROCESS,
                id(),
                model,
                fingerprint,
                URI.create("http://127.0.0.1:" + port),
                null,
                alive,
                startedAt,
                pids);
    }

    void write(Path file) throws IOException {
        ObjectNode node = JSON.createObjectNode();
        node.put("slot", slot).put("pid", pid).put("started", started).put("boot", boot);
        node.put("launch", launch).put("fingerprint", fingerprint).put("model", model);
        node.put("port", port).put("started_at", startedAt.toString());
        AtomicFile.writePrivate(file, JSON.writeValueAsBytes(node));
    }

    /// Empty where there is none that can be read: then the process tells of itself.
    static Optional<ProcessRecord> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(read(JSON.readTree(Files.readAllBytes(file))))
                    : Optional.empty();
        } catch (IOException | DateTimeException _) {
            return Optional.empty();
        }
    }

    private static ProcessRecord read(JsonNode node) {
        return new ProcessRecord(
                node.path("slot").asText(),
                node.path("pid").asLong(),
                node.path("started").asLong(),
                node.path("boot").asText(),
                node.path("launch").asText(),
                node.path("fingerprint").asText(),
                node.path("model").isTextual() ? node.path("model").asText() : null,
                node.path("port").asInt(),
                Instant.parse(node.path("started_at").asText()));
    }
}
