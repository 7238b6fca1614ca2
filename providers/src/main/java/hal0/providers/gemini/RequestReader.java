package hal0.providers.gemini;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.Json;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the body of `generateContent` and `streamGenerateContent`, and of `countTokens`.
///
/// **Shape** what only Google understands, safety settings and cached contents and its own tools
/// among it, goes into the extra fields. **Source** ai.google.dev/api/generate-content and the
/// types of @google/genai 2.32.0, read 2026-11-21.
final class RequestReader {
    private final RequestFields fields;
    private final ConfigReader config;
    private final ToolsReader tools;
    private final List<Message> messages = new ArrayList<>();
    private final List<Part> system = new ArrayList<>();
    private String model = "";

    private RequestReader(RequestFields fields) {
        this.fields = fields;
        this.config = new ConfigReader(fields);
        this.tools = new ToolsReader(fields);
    }

    static ReadRequest read(byte[] body, RequestLine line) throws InvalidRequestException {
        try (JsonParser p = Json.parser(body, 0, body.length)) {
            p.nextToken();
            RequestReader reader = new RequestReader(new RequestFields(p));
            reader.fields.object("", reader::field);
            if (p.nextToken() != null) {
                throw new InvalidRequestException(null, "something stands behind the request");
            }
            return reader.request(line);
        } catch (JsonProcessingException e) {
            throw new InvalidRequestException(
                    null, "the request is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new InvalidRequestException(null, "the request is not JSON: " + e.getMessage());
        }
    }

    private void field(String name, String place) throws IOException, InvalidRequestException {
        switch (name) {
            case "model" -> model = fields.text(place);
            case GenerateContent.COUNTED -> fields.object(place, this::field);
            case "contents" -> {
                messages.clear();
                new ContentsReader(fields, messages).read(place);
            }
            case "systemInstruction" -> {
                system.clear();
                system(place);
            }
            case ContentWriter.TOOLS -> tools.list(place);
            case ContentWriter.TOOL_CONFIG -> tools.config(place);
            case ConfigWriter.PATH -> config.read(place);
            default -> fields.keep(name);
        }
    }

    private void system(String place) throws IOException, InvalidRequestException {
        if (fields.isText()) {
            system.add(new Part.Text(fields.text(place)));
            return;
        }
        fields.object(
                place,
                (name, at) -> {
                    switch (name) {
                        case "parts" ->
                                fields.list(at, one -> fields.object(one, this::instruction));
                        case "role" -> fields.skip();
                        default -> fields.ignore(at);
                    }
                });
    }

    private void instruction(String name, String place)
            throws IOException, InvalidRequestException {
        if (name.equals("text")) {
            system.add(new Part.Text(fields.text(place)));
        } else {
            fields.ignore(place);
        }
    }

    private ReadRequest request(RequestLine line) throws InvalidRequestException {
        if (messages.isEmpty()) {
            throw new InvalidRequestException(
                    "contents", "contents must hold at least one content with a part");
        }
        List<Message> all = new ArrayList<>();
        if (!system.isEmpty()) {
            all.add(new Message(Role.SYSTEM, system));
        }
        all.addAll(messages);
        Options.Builder options = Options.builder();
        config.into(options);
        tools.into(options);
        String named = line.model() != null ? line.model() : model;
        ChatRequest request =
                new ChatRequest(
                        GenerateContent.bare(named),
                        all,
                        tools.functions(),
                        options.build(),
                        Boolean.TRUE.equals(line.streamed()),
                        fields.extra().isEmpty()
                                ? Extra.NONE
                                : new Extra(Protocol.GEMINI, fields.extra()));
        return new ReadRequest(request, fields.ignored(), true);
    }
}
