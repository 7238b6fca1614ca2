package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Reasoning;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A provider finds in its cache what a request has in common with the one before, from the first
/// byte on; who pays for the whole conversation with every turn pays tenfold.
class PrefixTest {
    private static final String MARK = ",\"cache_control\":{\"type\":\"ephemeral\"}";
    private static final Tool LS =
            new Tool("ls", "lists files", "{\"type\":\"object\",\"properties\":{}}");

    private static String encode(Protocol protocol, List<Message> messages) {
        Provider provider = Provider.builder("acme", protocol, URI.create("http://h/v1")).build();
        Options options =
                Options.builder()
                        .maxTokens(4000)
                        .reasoning(Reasoning.of(Reasoning.Effort.LOW))
                        .build();
        ChatRequest request = new ChatRequest("m", messages, List.of(LS), options, true);
        byte[] bytes = Dialects.of(protocol).encode(provider, "m", request);
        // Marks move on, and are no part of what the provider compares.
        return new String(bytes, StandardCharsets.UTF_8).replace(MARK, "");
    }

    /// A turn of a conversation: a question, thoughts, a call, its result, an answer. The words of
    /// the user occur nowhere else.
    private static List<Message> turn(int i) {
        String call = "call_" + i;
        return List.of(
                asking("question-" + i + ";", i % 3 == 0),
                new Message(
                        Role.ASSISTANT,
                        List.of(
                                new Part.Thinking("so it is", "c2lnbmVk"),
                                new Part.Text("I look."),
                                new Part.ToolCall(call, "ls", "{\"n\": " + i + "}"))),
                new Message(
                        Role.USER,
                        List.of(
                                new Part.ToolResult(
                                        call,
                                        asking("result-" + i + ";", i % 4 == 0).parts(),
                                        i % 5 == 0))),
                Message.assistant("There is \u00fc."));
    }

    private static Message asking(String words, boolean withPicture) {
        Part text = new Part.Text(words);
        return new Message(Role.USER, withPicture ? List.of(text, picture()) : List.of(text));
    }

    private static Part picture() {
        return new Part.Image(new MediaSource.Base64("image/png", "QUJD"));
    }

    /// How many of the first characters two texts have in common.
    private static int common(String a, String b) {
        int i = 0;
        while (i < a.length() && i < b.length() && a.charAt(i) == b.charAt(i)) {
            i++;
        }
        return i;
    }

    @ParameterizedTest
    @EnumSource
    void everyRequestBeginsWithTheBytesOfTheOneBefore(Protocol protocol) {
        List<Message> messages = new ArrayList<>(List.of(Message.system("be brief")));
        String before = "";
        int said = 0;
        for (int i = 0; i < 12; i++) {
            for (Message message : turn(i)) {
                messages.add(message);
                if (message.role() != Role.USER) {
                    continue;
                }
                String now = encode(protocol, messages);
                assertThat(common(before, now))
                        .as("of%n%s%nand%n%s", before, now)
                        .isGreaterThanOrEqualTo(said);
                boolean result = message.parts().getFirst() instanceof Part.ToolResult;
                String words = (result ? "result-" : "question-") + i + ";";
                assertThat(now).contains(words);
                before = now;
                said = now.indexOf(words) + words.length();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyTurnAddsItsOwnBytesAndNoOthers(Protocol protocol) {
        List<Integer> lengths = new ArrayList<>();
        List<Message> messages = new ArrayList<>(List.of(Message.system("be brief")));
        for (int i = 0; i < 40; i++) {
            // Of one form, and numbers of one length.
            messages.addAll(turn(60_000 + 60 * i));
            lengths.add(encode(protocol, messages).length());
        }
        int each = lengths.get(2) - lengths.get(1);
        assertThat(each).isPositive();
        for (int i = 2; i < lengths.size(); i++) {
            // Where messages are numbered, a number may be a digit longer.
            assertThat(lengths.get(i) - lengths.get(i - 1))
                    .as("turn %d", i)
                    .isCloseTo(each, within(4));
        }
    }
}
