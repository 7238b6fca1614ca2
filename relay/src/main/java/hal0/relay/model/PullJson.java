package hal0.relay.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.slots.model.pull.PullStatus;
import hal0.slots.model.pull.PullStatus.State;
import hal0.slots.model.pull.PullWish;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Pulls as JSON, both ways.
public final class PullJson {
    private PullJson() {}

    public static void write(JsonGenerator json, PullStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("job", status.job());
        json.writeStringField("reference", status.reference());
        json.writeStringField("model", status.model());
        json.writeStringField("state", status.state().word());
        json.writeStringField("message", status.message());
        json.writeStringField("code", status.code());
        json.writeStringField("file", status.file());
        json.writeNumberField("done", status.done());
        if (status.total() == 0) {
            json.writeNullField("total");
        } else {
            json.writeNumberField("total", status.total());
        }
        json.writeNumberField("bytes_per_second", status.bytesPerSecond());
        json.writeStringField("path", text(status.path()));
        json.writeStringField("started_at", status.startedAt().toString());
        json.writeStringField("ended_at", text(status.endedAt()));
        json.writeEndObject();
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    /// **Errors** [IllegalArgumentException] and [java.time.DateTimeException] for what is none.
    static PullStatus status(JsonNode json) {
        String path = ModelJson.text(json, "path");
        String ended = ModelJson.text(json, "ended_at");
        return new PullStatus(
                json.path("job").asText(),
                json.path("reference").asText(),
                ModelJson.text(json, "model"),
                State.valueOf(json.path("state").asText().toUpperCase(Locale.ROOT)),
                json.path("message").asText(),
                ModelJson.text(json, "code"),
                ModelJson.text(json, "file"),
                json.path("done").asLong(),
                json.path("total").asLong(),
                json.path("bytes_per_second").asLong(),
                path == null ? null : Path.of(path),
                Instant.parse(json.path("started_at").asText()),
                ended == null ? null : Instant.parse(ended));
    }

    static void write(JsonGenerator json, PullWish wish) throws IOException {
        json.writeStartObject();
        json.writeStringField("reference", wish.reference());
        ModelJson.present(json, "id", wish.id());
        ModelJson.present(json, "sha256", wish.sha256());
        json.writeEndObject();
    }
}
