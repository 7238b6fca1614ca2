package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hal0.providers.anthropic.Messages;
import hal0.providers.openai.ChatCompletions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A request that makes no sense is refused by its place, and never brings the server down.
class BrokenRequestsTest {
    private static final String[] INSERTED = {
        "null", "[]", "{}", "\"x\"", "-1", "1e999", "true", ",", "}", "]", "\"", "\\u0000",
        "\\ud800"
    };

    static List<Path> requests() throws Exception {
        return RequestGoldenTest.requests();
    }

    private static ServerSide server(Path file) {
        return file.getParent().getFileName().toString().equals("openai")
                ? new ChatCompletions()
                : new Messages();
    }

    private static void read(ServerSide server, byte[] body, String what) {
        try {
            server.read(body, RequestLine.SILENT);
        } catch (InvalidRequestException e) {
            assertThat(e.getMessage()).isNotBlank();
        } catch (RuntimeException e) {
            throw new AssertionError(what + ": " + new String(body, StandardCharsets.UTF_8), e);
        }
    }

    @ParameterizedTest
    @MethodSource("requests")
    void whateverIsCutOffOrPutIn(Path file) throws Exception {
        byte[] body = Files.readAllBytes(file);
        ServerSide server = server(file);
        for (int end = 0; end < body.length; end++) {
            byte[] cut = new byte[end];
            System.arraycopy(body, 0, cut, 0, end);
            read(server, cut, "cut at " + end);
        }
        Random random = new Random(11);
        String text = new String(body, StandardCharsets.UTF_8);
        for (int i = 0; i < 3000; i++) {
            int from = random.nextInt(text.length());
            int to = Math.min(text.length(), from + random.nextInt(12));
            String word = INSERTED[random.nextInt(INSERTED.length)];
            String changed = text.substring(0, from) + word + text.substring(to);
            read(server, changed.getBytes(StandardCharsets.UTF_8), "seed 11, step " + i);
        }
    }

    /// The values of fields put in each other's place, so that each has every wrong type.
    @ParameterizedTest
    @MethodSource("requests")
    void whateverTypeAFieldHas(Path file) throws Exception {
        String text = Files.readString(file);
        ServerSide server = server(file);
        for (int i = text.indexOf("\":"); i >= 0; i = text.indexOf("\":", i + 1)) {
            for (String value : List.of("null", "[]", "{}", "[null]", "\"x\"", "7", "false")) {
                int end = i + 2;
                String head = text.substring(0, end) + value;
                // The rest of the old value becomes a field of its own.
                String rest = ",\"_\":" + text.substring(end);
                read(server, (head + rest).getBytes(StandardCharsets.UTF_8), value + " at " + i);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"messages\":[]}|model|model is missing",
                "{\"model\":\"m\"}|messages|messages is missing",
                "{\"model\":\"m\",\"messages\":[]}|messages|messages must hold at least one message",
                "{\"model\":\"m\",\"n\":2,\"messages\":[]}|n|n must be 1: one answer is given to a request",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"x\"}]}]}"
                        + "|messages[0].content[0].type|messages[0].content[0].type is missing",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"bot\",\"content\":\"x\"}]}|messages[0].role"
                        + "|messages[0].role must be one of system, developer, user, assistant, tool",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":7}]}|messages[0].content"
                        + "|messages[0].content must be a string or a list of content parts",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                        + "\"tool_choice\":{\"type\":\"allowed_tools\"}}|tool_choice.type"
                        + "|tool_choice.type is \"allowed_tools\", which no other protocol can be"
                        + " told; accepted: function",
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                        + "\"temperature\":\"hot\"}|temperature"
                        + "|temperature must be a number, and is a string"
            })
    void openAiNamesThePlace(String body, String place, String message) {
        names(new ChatCompletions(), body, place, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"model\":\"m\",\"messages\":[]}|max_tokens|max_tokens is missing",
                "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":"
                        + "[{\"type\":\"image\",\"source\":{\"type\":\"path\"}}]}]}"
                        + "|messages[0].content[0].source.type"
                        + "|messages[0].content[0].source.type must be one of base64, text, url, file",
                "{\"model\":\"m\",\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],"
                        + "\"tools\":[{\"name\":\"a\"}]}|tools[0].input_schema"
                        + "|tools[0].input_schema is missing",
                "{\"model\":\"m\",\"max_tokens\":1.5,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}"
                        + "|max_tokens|max_tokens must be a whole number of at most 64 bits"
            })
    void anthropicNamesThePlace(String body, String place, String message) {
        names(new Messages(), body, place, message);
    }

    private static void names(ServerSide server, String body, String place, String message) {
        InvalidRequestException e =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () ->
                                server.read(
                                        body.getBytes(StandardCharsets.UTF_8), RequestLine.SILENT));
        assertThat(e.place()).isEqualTo(place);
        assertThat(e).hasMessage(message);
    }

    @Test
    void whatIsNoJsonIsRefusedByLineAndColumn() {
        InvalidRequestException e =
                catchThrowableOfType(
                        InvalidRequestException.class,
                        () -> RequestValue.parse("{\n \"a\": x}".getBytes(StandardCharsets.UTF_8)));
        assertThat(e).hasMessageContaining("line 2, column");
        for (String body : List.of("", "[]", "null", "{} {}", "{\"a\":1} x")) {
            assertThat(
                            catchThrowableOfType(
                                    InvalidRequestException.class,
                                    () ->
                                            RequestValue.parse(
                                                    body.getBytes(StandardCharsets.UTF_8))))
                    .as(body)
                    .isNotNull();
        }
    }

    @Test
    void whatIsPassedOnKeepsItsBytes() throws Exception {
        String json = "{\"ü\":1,\"a\":{ \"n\": 1.50, \"s\":\"\\u00e9 é 🌍\" },\"b\":[1E5, -0.0 ]}";
        for (String mark : List.of("", "\uFEFF")) {
            RequestValue root = RequestValue.parse((mark + json).getBytes(StandardCharsets.UTF_8));
            assertThat(root.need("a").raw()).isEqualTo("{ \"n\": 1.50, \"s\":\"\\u00e9 é 🌍\" }");
            assertThat(root.need("b").raw()).isEqualTo("[1E5, -0.0 ]");
            assertThat(root.need("b").elements().getFirst().integer()).isEqualTo(100_000);
        }
    }
}
