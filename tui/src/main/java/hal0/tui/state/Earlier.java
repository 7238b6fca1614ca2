package hal0.tui.state;

import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.Ending;
import hal0.agent.tool.ToolOutcome;
import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A conversation that is gone on with, as it stands when the screen opens.
public record Earlier(Transcript transcript, Spend spend, long contextTokens) {
    public static final Earlier NOTHING = new Earlier(Transcript.EMPTY, Spend.NONE, 0);

    private static final int LONGEST_ARGUMENTS = 100;

    /// **Shape** `entries` are those that hold.
    public static Earlier of(List<SessionEntry> entries, Spend spend, long contextTokens) {
        Transcript transcript = Transcript.EMPTY;
        Map<String, String> calls = new HashMap<>();
        for (SessionEntry entry : entries) {
            transcript = with(transcript, entry, calls);
        }
        return new Earlier(transcript, spend, contextTokens);
    }

    private static Transcript with(
            Transcript before, SessionEntry entry, Map<String, String> calls) {
        return switch (entry) {
            case SessionEntry.UserSaid said -> said(before, said.parts());
            case SessionEntry.ModelSaid said -> answered(before, said, calls);
            case SessionEntry.ToolAnswered answered -> tool(before, answered, calls);
            case SessionEntry.NobodyAnswered nobody ->
                    TurnEvents.failure(before, nobody.kind(), nobody.message());
            case SessionEntry.Nudged nudged -> nudged(before, nudged);
            case SessionEntry.Compacted _ -> before.noted(TurnEvents.COMPACTED);
            case SessionEntry.Planned(_, var todos) -> before.planned(todos);
            case SessionEntry.SpentBeside _,
                    SessionEntry.Expanded _,
                    SessionEntry.FilesKept _,
                    SessionEntry.FilesChanged _,
                    SessionEntry.Undone _,
                    SessionEntry.Redone _ ->
                    before;
        };
    }

    private static Transcript nudged(Transcript before, SessionEntry.Nudged nudged) {
        String text = nudged.text();
        return switch (nudged.by()) {
            case "user" -> before.said(text);
            // As it was shown when the user ran it.
            case "shell" ->
                    before.answered("%1$s%n%2$s%n%1$s%n".formatted("``````", text)).closed();
            // The rest is a file that the user named.
            case "hal0" -> before.noted(text.lines().findFirst().orElse(""));
            default -> before.noted(nudged.by() + ": " + text);
        };
    }

    private static Transcript said(Transcript before, List<Part> parts) {
        List<String> pieces = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var text) -> pieces.add(text);
                case Part.Image _ -> pieces.add("[image]");
                case Part.Document(_, var name) ->
                        pieces.add(name == null ? "[document]" : "[" + name + "]");
                case Part.Audio _ -> pieces.add("[audio]");
                case Part.Thinking _,
                        Part.RedactedThinking _,
                        Part.Cache _,
                        Part.Opaque _,
                        Part.ToolCall _,
                        Part.ToolResult _ -> {}
            }
        }
        return pieces.isEmpty() ? before : before.said(String.join("\n", pieces));
    }

    private static Transcript answered(
            Transcript before, SessionEntry.ModelSaid said, Map<String, String> calls) {
        Transcript after = before;
        for (Part part : said.parts()) {
            if (part instanceof Part.Text(var text)) {
                after = text.isBlank() ? after : after.answered(text);
            } else if (part instanceof Part.Thinking(var text, _)) {
                after = text.isBlank() ? after : after.thinking(text);
            } else if (part instanceof Part.ToolCall call) {
                calls.put(call.id(), shown(call));
            }
        }
        after = after.closed();
        return switch (said.ending()) {
            case Ending.Stopped _ -> after;
            case Ending.Interrupted _ -> after.noted("interrupted");
            case Ending.Failed(var kind, var message) -> TurnEvents.failure(after, kind, message);
        };
    }

    /// A line when its result is there: then it is known that it ran, and how that went.
    private static Transcript tool(
            Transcript before, SessionEntry.ToolAnswered answered, Map<String, String> calls) {
        String shown = calls.remove(answered.result().callId());
        String call = answered.title() == null ? shown : answered.title();
        Part.ToolResult result = answered.result();
        ToolOutcome outcome =
                new ToolOutcome(result.content(), result.failed(), answered.diff(), null);
        return before.called(result.callId(), call == null ? "tool" : call)
                .tooled(result.callId(), outcome, false, 0);
    }

    private static String shown(Part.ToolCall call) {
        String arguments = call.arguments();
        boolean fits = arguments.length() <= LONGEST_ARGUMENTS;
        return call.name()
                + ' '
                + (fits ? arguments : arguments.substring(0, LONGEST_ARGUMENTS) + '…');
    }
}
