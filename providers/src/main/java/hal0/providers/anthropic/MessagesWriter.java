package hal0.providers.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.anthropic.BlockWriter.Block;
import hal0.providers.dialect.CacheControl;
import hal0.providers.dialect.ExtraFields;
import hal0.providers.dialect.Json;
import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a request: what stays the same from turn to turn first, the messages last.
final class MessagesWriter {
    /// The protocol demands a limit; every model of the last years takes this one.
    private static final int DEFAULT_MAX_TOKENS = 8192;

    private final Provider provider;
    private final String modelId;
    private final @Nullable ClaudeModel claude;
    private final BlockWriter blocks = new BlockWriter();

    MessagesWriter(Provider provider, String modelId) {
        this.provider = provider;
        this.modelId = modelId;
        claude = ClaudeModel.find(modelId);
    }

    byte[] write(ChatRequest request) {
        ByteArrayBuilder bytes = Json.memory();
        try (JsonGenerator json = Json.requestGenerator(bytes)) {
            json.writeStartObject();
            body(json, request);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void body(JsonGenerator json, ChatRequest request) throws IOException {
        Options options = request.options();
        ExtraFields extra = new ExtraFields(request.extra(), Protocol.ANTHROPIC);
        Turns turns = Turns.of(request, Messages.takesLateSystem(provider, modelId));
        ThinkingPlan thinking =
                ThinkingPlan.of(claude, options, mostTokens(), turns.goOnWithoutThought());
        json.writeStringField("model", modelId);
        json.writeNumberField("max_tokens", thinking.maxTokens());
        json.writeBooleanField("stream", request.stream());
        new Sampling(claude, thinking.thinks()).write(json, options);
        thinking.write(json, extra);
        output(json, thinking.effort(), options.format(), extra);
        metadata(json, options.user(), extra);
        List<Block> system = BlockWriter.blocks(Role.SYSTEM, turns.system());
        CacheMarks marks = new CacheMarks(request, extra.has(CacheControl.FIELD));
        boolean markTools = marks.behindTheConstant() && system.isEmpty();
        new ToolWriter(provider, modelId).write(json, request, extra, markTools);
        extra.writeRest(json);
        if (!system.isEmpty()) {
            json.writeArrayFieldStart("system");
            blocks.write(json, marked(system, marks.behindTheConstant()));
            json.writeEndArray();
        }
        json.writeArrayFieldStart("messages");
        for (int i = 0; i < turns.turns().size(); i++) {
            boolean last = i == turns.turns().size() - 1;
            turn(json, turns.turns().get(i), last, marks);
        }
        json.writeEndArray();
    }

    private long mostTokens() {
        Long most = provider.findModel(modelId).map(ModelInfo::maxOutputTokens).orElse(null);
        return most != null ? most : DEFAULT_MAX_TOKENS;
    }

    private void turn(JsonGenerator json, Turns.Turn turn, boolean last, CacheMarks marks)
            throws IOException {
        boolean marked = marks.behind(turn.role());
        List<Block> shown = BlockWriter.blocks(turn.role(), turn.parts());
        if (last && turn.role() == Role.ASSISTANT) {
            shown = withoutTrailingSpace(shown);
        }
        if (shown.isEmpty()) {
            return;
        }
        json.writeStartObject();
        json.writeStringField(
                "role",
                switch (turn.role()) {
                    case SYSTEM -> "system";
                    case USER -> "user";
                    case ASSISTANT -> "assistant";
                });
        json.writeArrayFieldStart("content");
        blocks.write(json, marked(shown, marked));
        json.writeEndArray();
        json.writeEndObject();
    }

    private static List<Block> marked(List<Block> blocks, boolean marked) {
        if (!marked) {
            return blocks;
        }
        blocks.set(blocks.size() - 1, blocks.getLast().marked(CacheMark.SHORT));
        return blocks;
    }

    /// The API refuses an answer to go on with that ends in white space.
    private static List<Block> withoutTrailingSpace(List<Block> blocks) {
        if (!blocks.isEmpty() && blocks.getLast().part() instanceof Part.Text(var text)) {
            Part stripped = new Part.Text(text.stripTrailing());
            blocks.set(blocks.size() - 1, new Block(stripped, blocks.getLast().mark()));
        }
        return blocks;
    }

    private static void output(
            JsonGenerator json,
            @Nullable String effort,
            @Nullable OutputFormat format,
            ExtraFields extra)
            throws IOException {
        boolean schema = format instanceof OutputFormat.JsonSchema;
        if (effort == null && !schema && !extra.hasIn("output_config")) {
            return;
        }
        json.writeObjectFieldStart("output_config");
        if (effort != null) {
            json.writeStringField("effort", effort);
        }
        if (format instanceof OutputFormat.JsonSchema(_, _, var text, _)) {
            json.writeObjectFieldStart("format");
            json.writeStringField("type", "json_schema");
            json.writeFieldName("schema");
            Json.writeRaw(json, text);
            json.writeEndObject();
        }
        extra.writeIn(json, "output_config");
        json.writeEndObject();
    }

    private static void metadata(JsonGenerator json, @Nullable String user, ExtraFields extra)
            throws IOException {
        if (user == null && !extra.hasIn("metadata")) {
            return;
        }
        json.writeObjectFieldStart("metadata");
        if (user != null) {
            json.writeStringField("user_id", user);
        }
        extra.writeIn(json, "metadata");
        json.writeEndObject();
    }
}
