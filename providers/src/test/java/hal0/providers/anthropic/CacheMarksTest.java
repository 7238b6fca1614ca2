package hal0.providers.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Role;
import hal0.providers.message.Tool;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CacheMarksTest {
    private static final Provider PROVIDER =
            Provider.builder("acme", Protocol.ANTHROPIC, URI.create("http://h")).build();
    private static final Tool LS = new Tool("ls", "lists files", "{\"type\":\"object\"}");
    private static final String MARK = "\"cache_control\":{\"type\":\"ephemeral\"}";

    private final List<Message> messages =
            new ArrayList<>(List.of(Message.system("s"), Message.user("one")));

    private JsonNode written(List<Tool> tools) {
        ChatRequest request = new ChatRequest("m", messages, tools, Options.DEFAULT, true);
        byte[] json = new Messages().encode(PROVIDER, "m", request);
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<Integer> markedTurns(JsonNode request) {
        List<Integer> marked = new ArrayList<>();
        JsonNode turns = request.get("messages");
        for (int i = 0; i < turns.size(); i++) {
            JsonNode content = turns.get(i).get("content");
            if (content.get(content.size() - 1).has("cache_control")) {
                marked.add(i);
            }
        }
        return marked;
    }

    @Test
    void aSingleQuestionHasNone() {
        messages.add(Message.user("and two"));
        assertThat(written(List.of()).toString()).doesNotContain("cache_control");
    }

    @Test
    void aConversationHasThemBehindTheSystemAndTheLastTwoTurnsOfTheUser() {
        for (String word : List.of("two", "three", "four")) {
            messages.add(Message.assistant("yes"));
            messages.add(Message.user(word));
        }
        JsonNode request = written(List.of());
        assertThat(request.get("system").get(0).has("cache_control")).isTrue();
        assertThat(markedTurns(request)).containsExactly(4, 6);
        assertThat(request.toString().split(Pattern.quote(MARK), -1))
                .as("at most four are allowed")
                .hasSize(4);
    }

    @Test
    void theMarkOfTheLastRequestIsSetAgainInTheNext() {
        messages.add(Message.assistant("yes"));
        messages.add(Message.user("two"));
        List<Integer> before = markedTurns(written(List.of()));
        messages.add(Message.assistant("yes"));
        messages.add(Message.user("three"));
        assertThat(markedTurns(written(List.of()))).contains(before.getLast());
    }

    @Test
    void toolsAreMarkedWhereNoSystemIs() {
        Tool other = new Tool("cat", null, "{}");
        JsonNode withSystem = written(List.of(other, LS));
        assertThat(withSystem.get("tools").toString()).doesNotContain("cache_control");
        assertThat(withSystem.get("system").get(0).has("cache_control")).isTrue();
        messages.removeFirst();
        JsonNode tools = written(List.of(other, LS)).get("tools");
        assertThat(tools.get(0).has("cache_control")).isFalse();
        assertThat(tools.get(1).has("cache_control")).isTrue();
    }

    @Test
    void resultsOfToolsCarryThem() {
        messages.add(new Message(Role.ASSISTANT, List.of(new Part.ToolCall("c1", "ls", "{}"))));
        messages.add(
                new Message(
                        Role.USER,
                        List.of(new Part.ToolResult("c1", List.of(new Part.Text("x")), false))));
        JsonNode last = written(List.of(LS)).get("messages").get(2).get("content").get(0);
        assertThat(last.get("type").asText()).isEqualTo("tool_result");
        assertThat(last.has("cache_control")).isTrue();
        assertThat(last.get("content").toString()).doesNotContain("cache_control");
    }

    @Test
    void anUnfinishedAnswerAtTheEndIsNotMarked() {
        messages.add(Message.assistant("The best"));
        assertThat(markedTurns(written(List.of()))).containsExactly(0);
    }
}
