package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.message.CacheMark;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Extra;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.OutputFormat;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is said instead; that each feature is told from the others is a property of
/// `DialectPropertiesTest`.
class FeaturesTest {
    private static final Part PNG = new Part.Image(new MediaSource.Base64("image/png", "QUJD"));
    private static final Part.Cache MARK = new Part.Cache(CacheMark.SHORT);

    private static Part.Text text(String text) {
        return new Part.Text(text);
    }

    private static List<Part> without(Role role, Feature feature, Part... parts) {
        ChatRequest request =
                ChatRequest.of("m", List.of(new Message(role, List.of(parts)), Message.user("x")));
        return Features.without(request, Set.of(feature), Protocol.OPENAI)
                .messages()
                .getFirst()
                .parts();
    }

    @Test
    void mediaInResultsStandBehindThem() {
        assertThat(
                        without(
                                Role.USER,
                                Feature.RESULT_IMAGE,
                                text("and?"),
                                new Part.ToolResult("c1", List.of(text("a"), PNG), false),
                                new Part.ToolResult("c2", List.of(text("b")), true)))
                .containsExactly(
                        new Part.ToolResult("c1", List.of(text("a")), false),
                        new Part.ToolResult("c2", List.of(text("b")), true),
                        text("Image from the tool call c1:"),
                        PNG,
                        text("and?"));
    }

    @Test
    void aFailureSaysSoInWords() {
        assertThat(
                        without(
                                Role.USER,
                                Feature.RESULT_FAILED,
                                new Part.ToolResult("c1", List.of(text("gone")), true),
                                new Part.ToolResult("c2", List.of(), true)))
                .containsExactly(
                        new Part.ToolResult("c1", List.of(text("Error: gone")), false),
                        new Part.ToolResult("c2", List.of(text("Error: ")), false));
    }

    @Test
    void aMarkDoesNotOutliveWhatItStoodBehind() {
        Part plain = new Part.Thinking("hm", null);
        assertThat(
                        without(
                                Role.ASSISTANT,
                                Feature.PLAIN_THINKING,
                                text("a"),
                                MARK,
                                plain,
                                MARK,
                                text("b")))
                .containsExactly(text("a"), MARK, text("b"));
    }

    @Test
    void systemMessagesGoFirstInTheirOrder() {
        ChatRequest request =
                ChatRequest.of(
                        "m",
                        List.of(
                                Message.system("one"),
                                Message.user("hi"),
                                Message.system("two"),
                                Message.assistant("ho")));
        assertThat(
                        Features.without(
                                        request,
                                        Set.of(Feature.LATE_SYSTEM_MESSAGE),
                                        Protocol.GEMINI)
                                .messages())
                .containsExactly(
                        Message.system("one"),
                        Message.system("two"),
                        Message.user("hi"),
                        Message.assistant("ho"));
    }

    @Test
    void withoutASchemaThereIsStillJson() {
        Options options =
                Options.builder()
                        .format(new OutputFormat.JsonSchema("answer", "d", "{}", true))
                        .build();
        ChatRequest request = ChatRequest.of("m", List.of(Message.user("x"))).withOptions(options);
        Set<Feature> schema = Set.of(Feature.JSON_SCHEMA);
        assertThat(Features.without(request, schema, Protocol.OPENAI).options().format())
                .isEqualTo(new OutputFormat.JsonObject());
        Set<Feature> both = Set.of(Feature.JSON_SCHEMA, Feature.JSON_OBJECT);
        assertThat(Features.without(request, both, Protocol.OPENAI).options().format()).isNull();
        Set<Feature> name = Set.of(Feature.JSON_SCHEMA_NAME);
        assertThat(Features.without(request, name, Protocol.OPENAI).options().format())
                .isEqualTo(new OutputFormat.JsonSchema(Features.SCHEMA_NAME, null, "{}", true));
    }

    @Test
    void whatIsForeignDependsOnWhereItGoes() {
        Part opaque = new Part.Opaque(Protocol.GEMINI, "{}");
        ChatRequest request =
                new ChatRequest(
                        "m",
                        List.of(new Message(Role.USER, List.of(text("x"), opaque))),
                        List.of(new Tool("f", null, "{}")),
                        Options.DEFAULT,
                        true,
                        new Extra(Protocol.GEMINI, new LinkedHashMap<>(Map.of("labels", "{}"))));
        assertThat(Features.used(request, Protocol.GEMINI)).isEmpty();
        assertThat(Features.used(request, Protocol.ANTHROPIC)).containsExactly(Feature.FOREIGN);
        ChatRequest left = Features.without(request, Set.of(Feature.FOREIGN), Protocol.ANTHROPIC);
        assertThat(left.extra().isEmpty()).isTrue();
        assertThat(left.messages()).containsExactly(Message.user("x"));
    }

    @Test
    void aRequestThatUsesNothingOfItIsTheSameObject() {
        ChatRequest request = ChatRequest.of("m", List.of(Message.user("x")));
        assertThat(Features.without(request, Set.of(Feature.values()), Protocol.OPENAI))
                .isSameAs(request);
    }
}
