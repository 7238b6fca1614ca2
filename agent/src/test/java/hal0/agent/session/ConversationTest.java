package hal0.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.session.SessionEntry.Ending;
import hal0.home.error.ErrorKind;
import hal0.providers.event.StopReason;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import hal0.providers.price.Cost;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Ending END = new Ending.Stopped(StopReason.END);
    private static final Ending CUT = new Ending.Failed(ErrorKind.BAD_STREAM, "cut");
    private static final Part.Text TEXT = new Part.Text("said");

    @Test
    void questionsWithoutAnAnswerBecomeOneMessage() {
        assertThat(
                        Conversation.of(
                                List.of(
                                        user("one"),
                                        new SessionEntry.NobodyAnswered(
                                                Instant.EPOCH, ErrorKind.RATE_LIMITED, "later"),
                                        user("two"),
                                        model(CUT),
                                        user("three"),
                                        model(END, TEXT))))
                .containsExactly(
                        new Message(
                                Role.USER,
                                List.of(
                                        new Part.Text("one"),
                                        new Part.Text("two"),
                                        new Part.Text("three"))),
                        new Message(Role.ASSISTANT, List.of(TEXT)));
    }

    @Test
    void whatAnInterruptedAnswerSaidStays() {
        Part.Thinking thought = new Part.Thinking("hm", "signed");
        assertThat(told(new Ending.Interrupted(), thought, TEXT)).containsExactly(thought, TEXT);
    }

    @Test
    void anotherProviderIsNotToldWhatItWouldRefuse() {
        Part.Thinking thought = new Part.Thinking("hm", "signed by p");
        Part.ToolCall call = new Part.ToolCall("c1", "read", "{}", "signed by p");
        Part.ToolResult result = new Part.ToolResult("c1", List.of(TEXT), false);
        List<SessionEntry> entries =
                List.of(
                        user("go"),
                        model(END, thought, new Part.RedactedThinking("x"), TEXT, call),
                        new SessionEntry.UserSaid(Instant.EPOCH, List.of(result)));
        assertThat(Conversation.of(entries, "other").get(1).parts())
                .containsExactly(TEXT, new Part.ToolCall("c1", "read", "{}"));
        assertThat(Conversation.of(entries, "p").get(1).parts())
                .containsExactly(thought, new Part.RedactedThinking("x"), TEXT, call);
        assertThat(Conversation.of(entries)).isEqualTo(Conversation.of(entries, "p"));
    }

    @Test
    void thinkingThatWasCutOffIsLeftOut() {
        Part.Thinking cut = new Part.Thinking("half a thou", null);
        assertThat(told(CUT, TEXT, cut)).containsExactly(TEXT);
        assertThat(told(CUT, cut)).isEmpty();
        assertThat(told(END, new Part.Thinking("all", null), TEXT)).hasSize(2);
    }

    @Test
    void answerThatSaidNothingIsLeftOut() {
        assertThat(told(END)).isEmpty();
        assertThat(told(END, new Part.Text(" \n"))).isEmpty();
        assertThat(told(END, new Part.Thinking("only", "signed"))).isEmpty();
    }

    @Test
    void toolCallStaysOnlyWithItsResult() {
        Part.ToolCall called = new Part.ToolCall("c1", "read", "{}");
        Part.ToolCall lost = new Part.ToolCall("c2", "read", "{}");
        Part.ToolResult result = new Part.ToolResult("c1", List.of(TEXT), false);
        assertThat(
                        Conversation.of(
                                List.of(
                                        user("go"),
                                        model(END, called, lost),
                                        new SessionEntry.UserSaid(Instant.EPOCH, List.of(result)))))
                .extracting(Message::parts)
                .containsExactly(
                        List.of(new Part.Text("go")), List.<Part>of(called), List.of(result));
        assertThat(told(END, TEXT, lost)).containsExactly(TEXT);
    }

    private static List<Part> told(Ending ending, Part... parts) {
        List<Message> messages = Conversation.of(List.of(user("q"), model(ending, parts)));
        return messages.size() == 1 ? List.of() : messages.getLast().parts();
    }

    private static SessionEntry user(String text) {
        return new SessionEntry.UserSaid(Instant.EPOCH, List.of(new Part.Text(text)));
    }

    private static SessionEntry model(Ending ending, Part... parts) {
        return new SessionEntry.ModelSaid(
                Instant.EPOCH, "r", "p", "m", List.of(parts), null, new Cost.Unknown(), ending);
    }
}
