package hal0.cli.answer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import hal0.agent.AgentEvent;
import hal0.agent.checkpoint.FileChange;
import hal0.agent.session.Todo;
import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The JSON of a turn. That of an agent also tells what was done; `files` gives what it changed.
record AnswerJson(boolean agent, Supplier<List<FileChange>> files) {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN).build();

    interface Members {
        void to(JsonGenerator json) throws IOException;
    }

    /// Writes one object on a line of its own, at once.
    static void write(PrintStream out, Members members) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            members.to(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write('\n');
        out.writeBytes(bytes.toByteArray());
        out.flush();
    }

    static void error(JsonGenerator json, ErrorKind kind, String message) throws IOException {
        json.writeObjectFieldStart("error");
        json.writeStringField("kind", kind.name().toLowerCase(Locale.ROOT));
        json.writeStringField("message", message);
        json.writeEndObject();
    }

    void result(JsonGenerator json, AnswerProgress progress, StopReason reason) throws IOException {
        AgentEvent.AnswerStarted started = progress.started();
        json.writeStringField("provider", started == null ? null : started.provider());
        json.writeStringField("model", started == null ? null : started.model());
        json.writeStringField("content", progress.content());
        json.writeStringField("finish_reason", reason.name().toLowerCase(Locale.ROOT));
        spent(json, progress.usage(), progress.cost());
        json.writeNumberField("latency_ms", progress.latencyMillis());
        if (progress.firstTokenMillis() < 0) {
            json.writeNullField("first_token_ms");
        } else {
            json.writeNumberField("first_token_ms", progress.firstTokenMillis());
        }
        json.writeStringField("session_id", progress.session());
        done(json, progress);
    }

    /// What an agent has done, whether or not the turn ended well.
    void done(JsonGenerator json, AnswerProgress progress) throws IOException {
        if (!agent) {
            return;
        }
        json.writeNumberField("answers", progress.answers());
        json.writeArrayFieldStart("tools");
        for (AnswerProgress.Call call : progress.calls()) {
            json.writeStartObject();
            json.writeStringField("tool", call.started().tool());
            json.writeStringField("title", call.started().title());
            json.writeBooleanField("failed", call.failed());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("denied");
        for (AnswerProgress.Denied call : progress.denied()) {
            json.writeStartObject();
            json.writeStringField("tool", call.tool());
            json.writeStringField("title", call.title());
            json.writeStringField("reason", call.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("files_changed");
        for (FileChange change : files.get()) {
            json.writeString(change.path());
        }
        json.writeEndArray();
    }

    private static void spent(JsonGenerator json, @Nullable Usage usage, @Nullable Cost cost)
            throws IOException {
        if (usage == null || cost == null) {
            json.writeNullField("usage");
            json.writeNullField("cost_usd");
        } else {
            usage(json, usage, cost);
        }
    }

    static void usage(JsonGenerator json, Usage usage, Cost cost) throws IOException {
        json.writeObjectFieldStart("usage");
        json.writeNumberField("input_tokens", usage.input());
        json.writeNumberField("output_tokens", usage.output());
        json.writeNumberField("cache_read_tokens", usage.cacheRead());
        json.writeNumberField("cache_write_tokens", usage.cacheWrite());
        json.writeNumberField("reasoning_tokens", usage.reasoning());
        json.writeEndObject();
        BigDecimal usd = cost.usd();
        if (usd == null) {
            json.writeNullField("cost_usd");
        } else {
            json.writeNumberField("cost_usd", plain(usd));
        }
    }

    static void todos(JsonGenerator json, List<Todo> todos) throws IOException {
        json.writeArrayFieldStart("items");
        for (Todo todo : todos) {
            json.writeStartObject();
            json.writeStringField("text", todo.text());
            json.writeStringField("state", todo.state().name().toLowerCase(Locale.ROOT));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /// `0.5`, never `5E-1`: some readers of JSON do not know exponents.
    private static BigDecimal plain(BigDecimal amount) {
        BigDecimal stripped = amount.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
