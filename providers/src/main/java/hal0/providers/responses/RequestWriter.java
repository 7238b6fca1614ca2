package hal0.providers.responses;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.dialect.ExtraFields;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ToolSchema;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.openai.GptModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a request: what stays the same from turn to turn first, the input last.
///
/// **Shape** nothing is stored at the provider unless the client asked for it, so reasoning comes
/// back to us encrypted. **Source** `ResponseCreateParamsBase` in
/// resources/responses/responses.d.ts of the npm package openai 6.49.0, read 2026-11-21.
final class RequestWriter {
    static final String ENCRYPTED = "reasoning.encrypted_content";
    private static final String OPENAI_HOST = "api.openai.com";

    /// OpenAI refuses to be asked for fewer. **Source** its words for that, "Expected a value >=
    /// 16", as the tests of several public clients quote them, read 2026-11-21.
    private static final int SMALLEST_OUTPUT = 16;

    private final Provider provider;
    private final String modelId;

    /// Null where the server is not OpenAI's own.
    private final @Nullable GptModel gpt;

    RequestWriter(Provider provider, String modelId) {
        this.provider = provider;
        this.modelId = modelId;
        gpt = GptModel.at(provider, modelId);
    }

    byte[] write(ChatRequest request) {
        ByteArrayBuilder bytes = Json.memory();
        try (JsonGenerator json = Json.requestGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("model", modelId);
            json.writeBooleanField("stream", request.stream());
            ExtraFields extra = new ExtraFields(request.extra(), Protocol.RESPONSES);
            storage(json, extra);
            options(json, request.options());
            Settings settings = new Settings(json, extra);
            reasoning(settings, request.options().reasoning(), extra);
            settings.text(checked(request.options().format()));
            request.tools().forEach(tool -> ToolSchema.checked(provider, modelId, tool));
            settings.tools(request.tools(), request.options().toolChoice());
            extra.writeRest(json);
            input(json, request.messages());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    private void storage(JsonGenerator json, ExtraFields extra) throws IOException {
        if (!extra.has("store")) {
            json.writeBooleanField("store", false);
        }
        String asked = extra.take("include");
        boolean encrypted = mayThink();
        if (asked == null && !encrypted) {
            return;
        }
        json.writeArrayFieldStart("include");
        if (encrypted) {
            json.writeString(ENCRYPTED);
        }
        if (asked != null) {
            Json.writeElements(json, asked);
        }
        json.writeEndArray();
    }

    /// A model of OpenAI's gets the step nearest to what is asked for, one that does not think is
    /// not asked: the API refuses the rest.
    private void reasoning(Settings settings, @Nullable Reasoning asked, ExtraFields extra)
            throws IOException {
        if (gpt == null || asked == null) {
            settings.reasoning(asked);
        } else if (gpt.reasons()) {
            settings.reasoning(new Reasoning(gpt.effort(asked), null, asked.shown()));
        } else {
            extra.dropIn("reasoning");
        }
    }

    /// A model of OpenAI's that does not think refuses to be asked for encrypted reasoning.
    /// **Source** github.com/microsoft/agent-framework/issues/7483 (gpt-4.1), read 2026-11-21.
    private boolean mayThink() {
        Boolean known = provider.findModel(modelId).map(ModelInfo::thinking).orElse(null);
        if (known != null) {
            return known;
        }
        GptModel named = GptModel.find(modelId);
        return named == null || named.reasons();
    }

    private void options(JsonGenerator json, Options options) throws IOException {
        if (options.maxTokens() != null) {
            boolean openAi = OPENAI_HOST.equals(provider.baseUrl().getHost());
            int smallest = openAi ? SMALLEST_OUTPUT : 0;
            json.writeNumberField("max_output_tokens", Math.max(smallest, options.maxTokens()));
        }
        boolean samples = gpt == null || !gpt.reasons();
        if (options.temperature() != null && samples) {
            json.writeNumberField("temperature", options.temperature());
        }
        if (options.topP() != null && samples) {
            json.writeNumberField("top_p", options.topP());
        }
        if (options.parallelTools() != null) {
            json.writeBooleanField("parallel_tool_calls", options.parallelTools());
        }
        if (options.user() != null) {
            json.writeStringField("user", options.user());
        }
    }

    private @Nullable OutputFormat checked(@Nullable OutputFormat format) {
        if (format instanceof OutputFormat.JsonSchema(var name, _, var schema, _)) {
            ToolSchema.checked(provider, modelId, new Tool(name, null, schema));
        }
        return format;
    }

    /// What the operator says first, if it is one text, has a field of its own; all else is input.
    private static void input(JsonGenerator json, List<Message> messages) throws IOException {
        String instructions = instructions(messages);
        if (instructions != null) {
            json.writeStringField("instructions", instructions);
        }
        json.writeArrayFieldStart("input");
        InputWriter input = new InputWriter(json);
        for (Message message : messages.subList(instructions == null ? 0 : 1, messages.size())) {
            input.message(message);
        }
        json.writeEndArray();
    }

    static @Nullable String instructions(List<Message> messages) {
        return !messages.isEmpty()
                        && messages.getFirst().role() == Role.SYSTEM
                        && messages.getFirst().parts().size() == 1
                        && messages.getFirst().parts().getFirst() instanceof Part.Text(var text)
                ? text
                : null;
    }
}
