package hal0.agent.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.agent.session.SessionEntry.Ending;
import hal0.home.error.ErrorKind;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.event.StopReason;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Options;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import hal0.providers.message.Tool;
import hal0.providers.price.Cost;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever happened in a session — calls that were lost in a crash, answers that were cut, turns
/// taken back, summaries — what a provider is told obeys the rules by which it refuses requests.
class ToldToProvidersTest {
    private static final Instant AT = Instant.EPOCH;
    private static final int SESSIONS = 400;
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void everySessionIsTakenBySuchAProvider(Protocol protocol) throws Exception {
        int asked = 0;
        for (int seed = 0; seed < SESSIONS; seed++) {
            History history = History.of(session(new Random(seed * 7919L)));
            List<Message> messages = Conversation.of(history.told(), "p");
            if (!messages.isEmpty()) {
                asked++;
                check(protocol, encoded(protocol, messages), "seed " + seed);
            }
        }
        assertThat(asked).isGreaterThan(SESSIONS / 2);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void callWhoseResultACrashTookIsNotTold(Protocol protocol) throws Exception {
        Part.Text words = new Part.Text("I look");
        Part.ToolCall call = new Part.ToolCall("c1", "ls", "{}");
        List<Message> messages =
                Conversation.of(
                        List.of(
                                said("list it"),
                                answer(
                                        StopReason.TOOL_CALLS,
                                        words,
                                        new Part.Thinking("hm", "c2ln"),
                                        call),
                                said("go on")),
                        "p");
        assertThat(messages.get(1).parts()).containsExactly(words);
        check(protocol, encoded(protocol, messages), "after a crash");
    }

    private static void check(Protocol protocol, JsonNode request, String as) {
        switch (protocol) {
            case OPENAI -> openAi(request.path("messages"), as);
            case ANTHROPIC -> anthropic(request.path("messages"), as);
            case RESPONSES -> responses(request.path("input"), as);
            case GEMINI -> gemini(request.path("contents"), as);
        }
    }

    /// Every call is answered by the messages right behind it, and nothing else is.
    private static void openAi(JsonNode messages, String as) {
        Set<String> open = new HashSet<>();
        for (JsonNode message : messages) {
            if (message.path("role").asText().equals("tool")) {
                assertThat(open.remove(message.path("tool_call_id").asText())).as(as).isTrue();
            } else {
                assertThat(open).as(as).isEmpty();
                message.path("tool_calls").forEach(call -> open.add(call.path("id").asText()));
            }
        }
        assertThat(open).as(as).isEmpty();
    }

    private static void anthropic(JsonNode messages, String as) {
        alternate(messages, "assistant", as);
        Set<String> open = new HashSet<>();
        for (JsonNode message : messages) {
            boolean results = true;
            String last = "";
            for (JsonNode block : message.path("content")) {
                last = block.path("type").asText();
                if (last.equals("tool_result")) {
                    assertThat(results).as(as + ": results stand first").isTrue();
                    assertThat(open.remove(block.path("tool_use_id").asText())).as(as).isTrue();
                } else {
                    results = false;
                }
            }
            assertThat(open).as(as).isEmpty();
            for (JsonNode block : message.path("content")) {
                if (block.path("type").asText().equals("tool_use")) {
                    open.add(block.path("id").asText());
                }
            }
            assertThat(last).as(as).isNotEqualTo("thinking");
        }
        assertThat(open).as(as).isEmpty();
    }

    private static void responses(JsonNode items, String as) {
        Set<String> open = new HashSet<>();
        for (JsonNode item : items) {
            String id = item.path("call_id").asText();
            switch (item.path("type").asText()) {
                case "function_call" -> assertThat(open.add(id)).as(as).isTrue();
                case "function_call_output" -> assertThat(open.remove(id)).as(as).isTrue();
                default -> {}
            }
        }
        assertThat(open).as(as).isEmpty();
    }

    /// As many results as there were calls, in the next turn.
    private static void gemini(JsonNode contents, String as) {
        alternate(contents, "model", as);
        long calls = 0;
        for (JsonNode content : contents) {
            long results = count(content, "functionResponse");
            assertThat(results).as(as).isEqualTo(calls);
            calls = count(content, "functionCall");
        }
        assertThat(calls).as(as).isZero();
    }

    private static long count(JsonNode content, String kind) {
        long count = 0;
        for (JsonNode part : content.path("parts")) {
            count += part.has(kind) ? 1 : 0;
        }
        return count;
    }

    private static void alternate(JsonNode turns, String model, String as) {
        boolean user = true;
        for (JsonNode turn : turns) {
            assertThat(turn.path("role").asText()).as(as).isEqualTo(user ? "user" : model);
            user = !user;
        }
    }

    private static JsonNode encoded(Protocol protocol, List<Message> messages) throws IOException {
        Provider provider = Provider.builder("p", protocol, URI.create("http://h/v1")).build();
        Tool ls = new Tool("ls", "lists", "{\"type\":\"object\",\"properties\":{}}");
        ChatRequest request = new ChatRequest("m", messages, List.of(ls), Options.DEFAULT, true);
        return JSON.readTree(Dialects.of(protocol).encode(provider, "m", request));
    }

    /// A session as an agent writes one, that may end, or lose results in a crash, at any place.
    private static List<SessionEntry> session(Random random) {
        List<SessionEntry> entries = new ArrayList<>();
        int turns = 1 + random.nextInt(5);
        for (int turn = 0; turn < turns; turn++) {
            entries.add(said("question " + turn));
            turn(entries, random);
            between(entries, random);
        }
        return random.nextInt(3) == 0
                ? entries.subList(0, random.nextInt(entries.size()) + 1)
                : entries;
    }

    private static void turn(List<SessionEntry> entries, Random random) {
        int answers = 1 + random.nextInt(4);
        for (int i = 0; i < answers; i++) {
            switch (random.nextInt(8)) {
                case 0 ->
                        entries.add(
                                new SessionEntry.NobodyAnswered(AT, ErrorKind.OVERLOADED, "busy"));
                case 1 -> entries.add(answer(parts(random), new Ending.Interrupted()));
                case 2 ->
                        entries.add(
                                answer(parts(random), new Ending.Failed(ErrorKind.BAD_STREAM, "")));
                default -> calls(entries, random);
            }
            if (random.nextInt(4) == 0) {
                entries.add(new SessionEntry.Nudged(AT, "user", "by the way"));
            }
        }
    }

    private static void calls(List<SessionEntry> entries, Random random) {
        List<Part> parts = parts(random);
        entries.add(answer(parts, new Ending.Stopped(StopReason.TOOL_CALLS)));
        boolean crash = random.nextInt(5) == 0;
        for (Part part : parts) {
            if (part instanceof Part.ToolCall call && !(crash && random.nextBoolean())) {
                entries.add(
                        new SessionEntry.ToolAnswered(
                                AT,
                                new Part.ToolResult(
                                        call.id(),
                                        List.of(new Part.Text("done")),
                                        random.nextBoolean()),
                                null));
                if (random.nextInt(6) == 0) {
                    entries.add(new SessionEntry.Planned(AT, List.of()));
                }
            }
        }
    }

    /// Ids begin anew with each answer, as some providers have them.
    private static List<Part> parts(Random random) {
        List<Part> parts = new ArrayList<>();
        if (random.nextBoolean()) {
            parts.add(new Part.Thinking("hm", "c2ln"));
        }
        if (random.nextBoolean()) {
            parts.add(new Part.Text("words"));
        }
        if (random.nextInt(4) == 0) {
            parts.add(new Part.Thinking("and then", "c2ln"));
        }
        int calls = random.nextInt(3);
        for (int i = 0; i < calls; i++) {
            parts.add(new Part.ToolCall("call_" + i, "ls", "{}"));
        }
        return parts;
    }

    private static void between(List<SessionEntry> entries, Random random) {
        History history = History.of(entries);
        switch (random.nextInt(6)) {
            case 0 ->
                    entries.add(
                            new SessionEntry.Undone(AT, history.lastTurn().getFirst().number()));
            case 1 -> entries.add(new SessionEntry.Redone(AT));
            case 2 -> {
                // Before what the user said, or an answer: where an agent cuts.
                List<Integer> cuts =
                        history.all().stream()
                                .filter(each ->
                                        each.entry() instanceof SessionEntry.UserSaid
                                                || each.entry() instanceof SessionEntry.ModelSaid)
                                .map(History.Numbered::number)
                                .toList();
                if (!cuts.isEmpty()) {
                    entries.add(
                            new SessionEntry.Compacted(
                                    AT, "so far", cuts.get(random.nextInt(cuts.size()))));
                }
            }
            case 3 -> entries.add(new SessionEntry.Expanded(AT));
            default -> {}
        }
    }

    private static SessionEntry said(String text) {
        return new SessionEntry.UserSaid(AT, List.of(new Part.Text(text)));
    }

    private static SessionEntry answer(StopReason reason, Part... parts) {
        return answer(List.of(parts), new Ending.Stopped(reason));
    }

    private static SessionEntry answer(List<Part> parts, Ending ending) {
        return new SessionEntry.ModelSaid(
                AT, "r", "p", "m", parts, null, new Cost.Unknown(), ending);
    }
}
