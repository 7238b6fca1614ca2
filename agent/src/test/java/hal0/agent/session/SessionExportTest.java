package hal0.agent.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.agent.session.SessionEntry.Ending;
import hal0.providers.event.StopReason;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionExportTest {
    private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void markdownFencesAreLongerThanWhatStandsInThem() {
        String markdown =
                markdown(
                        said(new Part.Text("go")),
                        model(new Part.ToolCall("c", "write", "{\"text\":\"````\"}")),
                        new SessionEntry.ToolAnswered(
                                AT,
                                new Part.ToolResult(
                                        "c", List.of(new Part.Text("```\ncode\n```")), false),
                                "+```\n"));
        assertThat(markdown)
                .contains(
                        "<summary>write</summary>",
                        "\n`````json\n{\"text\":\"````\"}\n`````\n",
                        "\n````\n```\ncode\n```\n````\n",
                        "\n````diff\n+```\n````\n");
    }

    @Test
    void markdownTellsWhatWasNotRunWhatFailedAndWhatBrokeOff() {
        String markdown =
                markdown(
                        said(new Part.Text("go")),
                        model(
                                new Part.ToolCall("c", "read", "{}"),
                                new Part.ToolCall("d", "<shell>", "{}")),
                        new SessionEntry.ToolAnswered(
                                AT,
                                new Part.ToolResult(
                                        "c", List.of(new Part.Text("no such file")), true),
                                null),
                        new SessionEntry.ModelSaid(
                                AT,
                                "r",
                                "p",
                                "m",
                                List.of(new Part.Text("It")),
                                null,
                                new Cost.Local(),
                                new Ending.Interrupted()));
        assertThat(markdown)
                .containsSubsequence(
                        "## User",
                        "## Assistant (p/m)",
                        "<summary>read — failed</summary>",
                        "no such file",
                        "<summary>&lt;shell> — not run</summary>",
                        "## Assistant (p/m)",
                        "It\n",
                        "> Interrupted.");
    }

    @Test
    void markdownHoldsPicturesAndLeavesOutWhatWasTakenBack() {
        String markdown =
                markdown(
                        said(
                                new Part.Text("look"),
                                new Part.Image(new MediaSource.Base64("image/png", "iVBO")),
                                new Part.Document(new MediaSource.FileId("f1"), "a]b.pdf")),
                        said(new Part.Text("taken back")),
                        new SessionEntry.Undone(AT, 1));
        assertThat(markdown)
                .contains("![image](<data:image/png;base64,iVBO>)", "[a b.pdf](<file:f1>)")
                .doesNotContain("taken back");
    }

    @Test
    void jsonNumbersTheLinesOfTheFileAndSaysWhichHold() throws Exception {
        Session session =
                new Session(
                        new SessionHeader("id", "/p", "oa", "m", AT, null, "other", null),
                        List.of(
                                said(new Part.Text("one")),
                                said(new Part.Text("two")),
                                new SessionEntry.Undone(AT, 1)));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        SessionJson.write(session, bytes);
        JsonNode json = new ObjectMapper().readTree(bytes.toByteArray());
        assertThat(json.path("id").asText()).isEqualTo("id");
        assertThat(json.path("forked_from").asText()).isEqualTo("other");
        assertThat(json.path("format").asInt()).isEqualTo(SessionFormat.CURRENT);
        assertThat(json.at("/entries/0/holds").asBoolean()).isTrue();
        assertThat(json.at("/entries/1/holds").asBoolean()).isFalse();
        assertThat(json.at("/entries/1/number").asInt()).isEqualTo(1);
        assertThat(json.at("/entries/1/parts/0/text").asText()).isEqualTo("two");
        assertThat(json.at("/entries/2/type").asText()).isEqualTo("undone");
        assertThat(bytes.toString(UTF_8)).endsWith("}\n");
    }

    private static String markdown(SessionEntry... entries) {
        return SessionMarkdown.of(
                new Session(new SessionHeader("id", "/p", "", "", AT), List.of(entries)));
    }

    private static SessionEntry said(Part... parts) {
        return new SessionEntry.UserSaid(AT, List.of(parts));
    }

    private static SessionEntry model(Part... parts) {
        return new SessionEntry.ModelSaid(
                AT,
                "r",
                "p",
                "m",
                List.of(parts),
                null,
                new Cost.Local(),
                new Ending.Stopped(StopReason.TOOL_CALLS));
    }
}
