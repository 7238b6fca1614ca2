package hal0.agent.session;

import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a model is told of a session: messages that every provider accepts.
///
/// **Shape** made of what [History] says holds. User and assistant alternate, the user first. A
/// question that got no answer stays and the next one joins it, so that "try again" makes sense to
/// the model. Of an answer that was cut, what it said stays; thinking that was cut off and calls
/// without a result are left out, because providers refuse them. Neighbours of one speaker are one
/// message. A call and its result belong together by their place, because some providers use the
/// same ids in every answer; results stand before whatever else the user says after a call.
public final class Conversation {
    private Conversation() {}

    public static List<Message> of(List<SessionEntry> entries) {
        return of(entries, "");
    }

    /// What `provider` is told; empty stands for whoever answered last. The thinking of another
    /// provider is left out: its signatures prove something to that one only, and are refused here.
    public static List<Message> of(List<SessionEntry> entries, String provider) {
        String told = provider.isEmpty() ? lastAnswering(entries) : provider;
        List<Message> messages = new ArrayList<>();
        Set<String> waiting = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            switch (entries.get(i)) {
                case SessionEntry.UserSaid said -> said(messages, said.parts(), waiting);
                case SessionEntry.ModelSaid said -> {
                    waiting = answeredCalls(entries, i);
                    waiting.retainAll(calls(said));
                    append(messages, Role.ASSISTANT, tellable(said, waiting, told));
                }
                case SessionEntry.ToolAnswered(_, var result, _, _) ->
                        said(messages, List.of(result), waiting);
                case SessionEntry.Nudged nudged ->
                        append(messages, Role.USER, List.of(new Part.Text(nudged.text())));
                case SessionEntry.Compacted compacted ->
                        append(messages, Role.USER, List.of(summary(compacted)));
                case SessionEntry.NobodyAnswered _,
                        SessionEntry.Halted _,
                        SessionEntry.Planned _,
                        SessionEntry.SpentBeside _,
                        SessionEntry.FilesKept _,
                        SessionEntry.FilesChanged _,
                        SessionEntry.Expanded _,
                        SessionEntry.Undone _,
                        SessionEntry.Redone _ -> {}
            }
        }
        return List.copyOf(messages);
    }

    /// Of results only those for which a call is waiting.
    private static void said(List<Message> messages, List<Part> parts, Set<String> waiting) {
        List<Part> kept = new ArrayList<>();
        for (Part part : parts) {
            if (!(part instanceof Part.ToolResult result)) {
                kept.add(part);
            } else if (waiting.remove(result.callId())) {
                answer(messages, result);
            }
        }
        append(messages, Role.USER, kept);
    }

    private static void answer(List<Message> messages, Part.ToolResult result) {
        if (messages.getLast().role() != Role.USER) {
            messages.add(new Message(Role.USER, List.of(result)));
            return;
        }
        List<Part> parts = new ArrayList<>(messages.removeLast().parts());
        int at = 0;
        while (at < parts.size() && parts.get(at) instanceof Part.ToolResult) {
            at++;
        }
        parts.add(at, result);
        messages.add(new Message(Role.USER, parts));
    }

    private static Part summary(SessionEntry.Compacted compacted) {
        return new Part.Text(
                "This conversation goes on from an earlier part of itself, of which this is the summary:\n\n"
                        + compacted.summary());
    }

    private static void append(List<Message> messages, Role role, List<Part> parts) {
        if (parts.isEmpty()) {
            return;
        }
        if (messages.isEmpty() || messages.getLast().role() != role) {
            messages.add(new Message(role, parts));
            return;
        }
        List<Part> joined = new ArrayList<>(messages.removeLast().parts());
        joined.addAll(parts);
        messages.add(new Message(role, joined));
    }

    private static String lastAnswering(List<SessionEntry> entries) {
        for (SessionEntry entry : entries.reversed()) {
            if (entry instanceof SessionEntry.ModelSaid said) {
                return said.provider();
            }
        }
        return "";
    }

    private static List<Part> tellable(
            SessionEntry.ModelSaid said, Set<String> answered, String provider) {
        List<Part> parts = new ArrayList<>(said.parts());
        if (!said.provider().equals(provider)) {
            parts.removeIf(part -> isThinking(part) || part instanceof Part.Opaque);
            parts.replaceAll(Conversation::withoutSignature);
        }
        parts.removeIf(p -> p instanceof Part.ToolCall call && !answered.contains(call.id()));
        // Thinking must lead to something: Anthropic refuses an answer that ends with it.
        while (!parts.isEmpty() && isThinking(parts.getLast())) {
            parts.removeLast();
        }
        return parts.stream().anyMatch(Conversation::says) ? parts : List.of();
    }

    private static Part withoutSignature(Part part) {
        return part instanceof Part.ToolCall call
                ? new Part.ToolCall(call.id(), call.name(), call.arguments())
                : part;
    }

    private static boolean isThinking(Part part) {
        return part instanceof Part.Thinking || part instanceof Part.RedactedThinking;
    }

    private static boolean says(Part part) {
        return switch (part) {
            case Part.Text text -> !text.text().isBlank();
            case Part.Thinking _, Part.RedactedThinking _ -> false;
            case Part.Cache _ -> false;
            case Part.Image _,
                    Part.Document _,
                    Part.Audio _,
                    Part.Opaque _,
                    Part.ToolCall _,
                    Part.ToolResult _ ->
                    true;
        };
    }

    private static Set<String> calls(SessionEntry.ModelSaid said) {
        Set<String> ids = new HashSet<>();
        for (Part part : said.parts()) {
            if (part instanceof Part.ToolCall call) {
                ids.add(call.id());
            }
        }
        return ids;
    }

    /// The results that stand between that answer and the next.
    private static Set<String> answeredCalls(List<SessionEntry> entries, int answer) {
        Set<String> ids = new HashSet<>();
        for (SessionEntry entry : entries.subList(answer + 1, entries.size())) {
            if (entry instanceof SessionEntry.ModelSaid) {
                return ids;
            }
            if (entry instanceof SessionEntry.ToolAnswered(_, var result, _, _)) {
                ids.add(result.callId());
            } else if (entry instanceof SessionEntry.UserSaid said) {
                for (Part part : said.parts()) {
                    if (part instanceof Part.ToolResult result) {
                        ids.add(result.callId());
                    }
                }
            }
        }
        return ids;
    }
}
