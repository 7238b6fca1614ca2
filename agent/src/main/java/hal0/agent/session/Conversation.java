package hal0.agent.session;

import hal0.agent.session.SessionEntry.Ending;
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
/// message.
public final class Conversation {
    private Conversation() {}

    public static List<Message> of(List<SessionEntry> entries) {
        return of(entries, "");
    }

    /// What `provider` is told; empty stands for whoever answered last. The thinking of another
    /// provider is left out: its signatures prove something to that one only, and are refused here.
    public static List<Message> of(List<SessionEntry> entries, String provider) {
        String told = provider.isEmpty() ? lastAnswering(entries) : provider;
        Set<String> answered = answeredCalls(entries);
        List<Message> messages = new ArrayList<>();
        for (SessionEntry entry : entries) {
            switch (entry) {
                case SessionEntry.UserSaid said -> append(messages, Role.USER, said.parts());
                case SessionEntry.ModelSaid said ->
                        append(messages, Role.ASSISTANT, tellable(said, answered, told));
                case SessionEntry.ToolAnswered(_, var result, _) ->
                        append(messages, Role.USER, List.of(result));
                case SessionEntry.Nudged nudged ->
                        append(messages, Role.USER, List.of(new Part.Text(nudged.text())));
                case SessionEntry.Compacted compacted ->
                        append(messages, Role.USER, List.of(summary(compacted)));
                case SessionEntry.NobodyAnswered _,
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
        if (!(said.ending() instanceof Ending.Stopped)) {
            while (!parts.isEmpty() && isThinking(parts.getLast())) {
                parts.removeLast();
            }
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

    private static Set<String> answeredCalls(List<SessionEntry> entries) {
        Set<String> ids = new HashSet<>();
        for (SessionEntry entry : entries) {
            if (entry instanceof SessionEntry.ToolAnswered answered) {
                ids.add(answered.result().callId());
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
