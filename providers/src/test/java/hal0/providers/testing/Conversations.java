package hal0.providers.testing;

import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import hal0.providers.message.ToolChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Makes requests: each seed one, and always the same one.
///
/// **Shape** what a careful client could send: results answer the calls of the turn before, at most
/// four cache marks, each behind a part that takes one. Everything else is as odd as it can be.
/// **Threads** one; for one request.
public final class Conversations {
    private static final int MARKS = 4;

    private final Random random;
    private final OddTexts texts;
    private int calls;
    private int marks;

    private Conversations(long seed) {
        random = new Random(seed);
        // The first numbers of neighbouring seeds are alike.
        random.nextLong();
        texts = new OddTexts(random);
    }

    public static ChatRequest of(long seed) {
        return new Conversations(seed).request();
    }

    private ChatRequest request() {
        List<Tool> tools = tools();
        List<Message> messages = messages();
        Options options = options(tools);
        return new ChatRequest(
                "m", messages, tools, options, random.nextBoolean(), extra(options.toolChoice()));
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private List<Tool> tools() {
        List<Tool> tools = new ArrayList<>();
        int count = oneIn(2) ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            CacheMark mark = oneIn(6) ? mark() : null;
            tools.add(
                    new Tool(
                            texts.name() + i,
                            oneIn(3) ? null : texts.some(),
                            texts.schema(),
                            oneIn(3) ? random.nextBoolean() : null,
                            mark));
        }
        return tools;
    }

    private @Nullable CacheMark mark() {
        if (marks == MARKS) {
            return null;
        }
        marks++;
        return oneIn(3) ? CacheMark.LONG : CacheMark.SHORT;
    }

    private List<Message> messages() {
        List<Message> messages = new ArrayList<>();
        if (oneIn(2)) {
            messages.add(system());
        }
        int turns = 1 + random.nextInt(4);
        List<String> open = List.of();
        for (int i = 0; i < turns; i++) {
            // Whatever is lost, a question is left.
            messages.add(i == 0 ? asked() : user(open));
            if (oneIn(8)) {
                messages.add(user(List.of()));
            }
            if (oneIn(10)) {
                messages.add(system());
            }
            if (i == turns - 1 && !oneIn(5)) {
                // Nor does the end change with what is lost.
                messages.add(Message.user("go on"));
                break;
            }
            List<String> made = new ArrayList<>();
            messages.add(assistant(made));
            open = made;
        }
        return messages;
    }

    private Message system() {
        List<Part> parts = new ArrayList<>();
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            String text = texts.any();
            parts.add(new Part.Text(text));
            if (!text.isEmpty()) {
                marked(parts);
            }
        }
        return new Message(Role.SYSTEM, parts);
    }

    private void marked(List<Part> parts) {
        if (oneIn(8)) {
            CacheMark mark = mark();
            if (mark != null) {
                parts.add(new Part.Cache(mark));
            }
        }
    }

    private Message user(List<String> answered) {
        List<Part> parts = new ArrayList<>();
        boolean resultsLate = oneIn(10);
        if (!resultsLate) {
            results(answered, parts);
        }
        int count = answered.isEmpty() ? 1 + random.nextInt(3) : random.nextInt(2);
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(8);
            Part part =
                    switch (kind) {
                        case 0 -> image();
                        case 1 -> document();
                        case 2 -> new Part.Audio(audio());
                        default -> new Part.Text(texts.any());
                    };
            parts.add(part);
            if (kind < 2 || (part instanceof Part.Text(var text) && !text.isEmpty())) {
                marked(parts);
            }
        }
        if (resultsLate) {
            results(answered, parts);
        }
        return new Message(Role.USER, parts);
    }

    private Message asked() {
        List<Part> parts = new ArrayList<>(user(List.of()).parts());
        parts.addFirst(new Part.Text("so " + texts.some()));
        return new Message(Role.USER, parts);
    }

    private void results(List<String> answered, List<Part> parts) {
        for (String call : answered) {
            List<Part> content = new ArrayList<>();
            int pieces = random.nextInt(3);
            for (int i = 0; i < pieces; i++) {
                int kind = random.nextInt(6);
                content.add(
                        switch (kind) {
                            case 0 -> image();
                            case 1 -> document();
                            default -> new Part.Text(texts.any());
                        });
            }
            parts.add(new Part.ToolResult(call, content, oneIn(4)));
            marked(parts);
        }
    }

    private Part image() {
        MediaSource source =
                switch (random.nextInt(4)) {
                    case 0 ->
                            new MediaSource.Url(one(List.of("https://h/a.png", "https://h/x?y=1")));
                    case 1 -> new MediaSource.FileId("file-img" + random.nextInt(9));
                    case 2 -> new MediaSource.Url("data:image/gif;base64,R0lG");
                    default -> new MediaSource.Base64("image/png", "iVBORw0KGgo=");
                };
        return new Part.Image(source, oneIn(3) ? one(List.of("low", "high", "auto")) : null);
    }

    private Part document() {
        MediaSource source =
                switch (random.nextInt(4)) {
                    case 0 -> new MediaSource.Url(one(List.of("https://h/a.pdf", "https://h/doc")));
                    case 1 -> new MediaSource.FileId("file-doc" + random.nextInt(9));
                    default -> new MediaSource.Base64("application/pdf", "JVBERi0xLjQ=");
                };
        return new Part.Document(source, oneIn(2) ? "report.pdf" : null);
    }

    private MediaSource audio() {
        return switch (random.nextInt(6)) {
            case 0 -> new MediaSource.Url("https://h/a.mp3");
            case 1 -> new MediaSource.FileId("file-aud" + random.nextInt(9));
            case 2 -> new MediaSource.Base64("audio/mpeg", "SUQz");
            default -> new MediaSource.Base64("audio/wav", "UklGRg==");
        };
    }

    private Message assistant(List<String> made) {
        List<Part> parts = new ArrayList<>();
        if (oneIn(3)) {
            thoughts(parts);
        }
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(9)) {
                case 0 -> parts.add(image());
                case 1 -> parts.add(opaque());
                default -> {
                    String text = texts.any();
                    parts.add(new Part.Text(text));
                    if (!text.isEmpty()) {
                        marked(parts);
                    }
                }
            }
        }
        int callCount = oneIn(2) ? 0 : 1 + random.nextInt(3);
        for (int i = 0; i < callCount; i++) {
            String id = "call_" + calls++;
            made.add(id);
            parts.add(
                    new Part.ToolCall(
                            id, texts.name(), texts.arguments(), oneIn(4) ? texts.secret() : null));
            marked(parts);
        }
        if (parts.isEmpty() && !oneIn(5)) {
            parts.add(new Part.Text(texts.some()));
        }
        return new Message(Role.ASSISTANT, parts);
    }

    private void thoughts(List<Part> parts) {
        int count = 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            parts.add(
                    switch (random.nextInt(4)) {
                        case 0 -> new Part.Thinking(texts.some(), null);
                        case 1 -> new Part.RedactedThinking(texts.secret());
                        case 2 -> new Part.Thinking("", texts.secret());
                        default -> new Part.Thinking(texts.some(), texts.secret());
                    });
        }
    }

    private Part opaque() {
        return one(
                List.of(
                        new Part.Opaque(
                                Protocol.GEMINI,
                                "{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"1 + 1\"}}"),
                        new Part.Opaque(
                                Protocol.ANTHROPIC,
                                "{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\",\"name\":\"web_search\",\"input\":{\"query\":\"x\"}}"),
                        new Part.Opaque(
                                Protocol.RESPONSES,
                                "{\"type\":\"web_search_call\",\"id\":\"ws_1\",\"status\":\"completed\",\"action\":{\"type\":\"search\",\"query\":\"x\"}}")));
    }

    private Extra extra(ToolChoice choice) {
        if (!oneIn(4)) {
            return Extra.NONE;
        }
        SequencedMap<String, String> fields = new LinkedHashMap<>();
        Protocol origin = one(List.of(Protocol.values()));
        switch (origin) {
            case GEMINI -> {
                fields.put(
                        "safetySettings",
                        "[{\"category\":\"HARM_CATEGORY_HARASSMENT\",\"threshold\":\"BLOCK_NONE\"}]");
                fields.put("cachedContent", "\"cachedContents/1\"");
                fields.put("generationConfig.responseModalities", "[\"TEXT\"]");
                if (choice instanceof ToolChoice.Auto) {
                    fields.put("toolConfig.functionCallingConfig.mode", "\"VALIDATED\"");
                }
                fields.put("tools", "[{\"googleSearch\":{}}]");
            }
            case OPENAI -> {
                fields.put("logit_bias", "{\"50256\":-100}");
                fields.put("service_tier", "\"flex\"");
            }
            case ANTHROPIC -> {
                fields.put("service_tier", "\"auto\"");
                fields.put("container", "\"container_1\"");
            }
            case RESPONSES -> {
                fields.put("truncation", "\"auto\"");
                fields.put("service_tier", "\"flex\"");
            }
        }
        return new Extra(origin, fields);
    }

    private <T> @Nullable T maybe(T value) {
        return oneIn(5) ? value : null;
    }

    private Options options(List<Tool> tools) {
        return Options.builder()
                .maxTokens(maybe(one(List.of(1, 50, 32000))))
                .temperature(maybe(one(List.of(0.0, 0.5, 1.0, 0.30000000000000004))))
                .topP(maybe(0.9))
                .topK(maybe(40))
                .presencePenalty(maybe(-0.5))
                .frequencyPenalty(maybe(1.25))
                .seed(maybe(one(List.of(0L, 7L, -1L, 2_000_000_000L))))
                .stop(oneIn(5) ? one(List.of(List.of("END"), List.of("\n\n", "漢"))) : List.of())
                .toolChoice(choice(tools))
                .parallelTools(maybe(random.nextBoolean()))
                .reasoning(reasoning())
                .format(format())
                .user(maybe("user-1"))
                .build();
    }

    private ToolChoice choice(List<Tool> tools) {
        return switch (random.nextInt(6)) {
            case 0 -> new ToolChoice.None();
            case 1 -> new ToolChoice.Required();
            case 2 ->
                    tools.isEmpty()
                            ? new ToolChoice.Auto()
                            : new ToolChoice.Named(one(tools).name());
            default -> new ToolChoice.Auto();
        };
    }

    private @Nullable Reasoning reasoning() {
        if (!oneIn(3)) {
            return null;
        }
        Boolean shown = oneIn(2) ? random.nextBoolean() : null;
        return switch (random.nextInt(3)) {
            case 0 -> new Reasoning(null, one(List.of(0, 1024, 4096)), shown);
            case 1 -> new Reasoning(one(List.of(Reasoning.Effort.values())), null, shown);
            default -> new Reasoning(null, null, shown);
        };
    }

    private @Nullable OutputFormat format() {
        return switch (random.nextInt(8)) {
            case 0 -> new OutputFormat.JsonObject();
            case 1 -> new OutputFormat.JsonSchema("verdict", null, texts.schema(), null);
            case 2 ->
                    new OutputFormat.JsonSchema(
                            "verdict", texts.some(), texts.schema(), random.nextBoolean());
            default -> null;
        };
    }
}
