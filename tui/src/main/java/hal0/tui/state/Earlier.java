package hal0.tui.state;

import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.Ending;
import hal0.agent.tool.ToolOutcome;
import hal0.home.error.ErrorKind;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.price.Cost;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A conversation that is gone on with, as it stands when the screen opens.
public record Earlier(Transcript transcript, Spend spend, long contextTokens, Progress progress) {
    public static final Earlier NOTHING =
            new Earlier(Transcript.EMPTY, Spend.NONE, 0, Progress.NONE);

    private static final String CUT_OFF = "cut off here: hal0 was ended before this turn was";
    private static final int LONGEST_ARGUMENTS = 100;

    /// **Shape** `entries` are those that hold; `led` where nobody else goes on with them now.
    public static Earlier of(
            List<SessionEntry> entries, Spend spend, long contextTokens, boolean led) {
        Telling telling = new Telling();
        entries.forEach(telling::entry);
        if (led) {
            telling.over();
        } else {
            telling.planned();
        }
        Progress progress = Progress.NONE.with(telling.plan.begun()).with(telling.bill.begun());
        return new Earlier(telling.transcript, spend, contextTokens, progress);
    }

    /// What was told so far. A plan is written down where its turn ends.
    private static final class Telling {
        private final Map<String, Part.ToolCall> calls = new HashMap<>();
        private Transcript transcript = Transcript.EMPTY;
        private Plan plan = Plan.NONE;
        private Bill bill = Bill.NONE;

        /// Whether the turn has no end yet.
        private boolean going;

        void entry(SessionEntry entry) {
            switch (entry) {
                case SessionEntry.UserSaid said -> {
                    over();
                    going = true;
                    transcript = said(transcript, said.parts());
                }
                case SessionEntry.ModelSaid said -> {
                    going = said.owesResults();
                    transcript = answered(transcript, said, calls);
                    if (said.spent()) {
                        spent(said.provider(), said.model(), said.usage(), said.cost());
                    }
                }
                case SessionEntry.ToolAnswered answered -> {
                    going = true;
                    transcript = tool(transcript, answered, calls);
                }
                case SessionEntry.NobodyAnswered nobody -> {
                    going = false;
                    transcript = unanswered(transcript, nobody);
                }
                case SessionEntry.Halted(_, var why) -> {
                    going = false;
                    transcript = transcript.noted(why);
                }
                case SessionEntry.Nudged nudged -> transcript = nudged(transcript, nudged);
                case SessionEntry.Compacted _ ->
                        transcript = transcript.noted(TurnEvents.COMPACTED);
                case SessionEntry.Planned(_, var todos) -> plan = Plan.of(todos);
                case SessionEntry.SpentBeside(_, _, _, var by, var model, var usage, var cost) ->
                        spent(by, model, usage, cost);
                case SessionEntry.Expanded _,
                        SessionEntry.FilesKept _,
                        SessionEntry.FilesChanged _,
                        SessionEntry.Undone _,
                        SessionEntry.Redone _ -> {}
            }
        }

        private void spent(String provider, String model, @Nullable Usage usage, Cost cost) {
            Usage counted = usage == null ? Usage.NONE : usage;
            bill = bill.beside(provider + "/" + model, counted, cost);
        }

        /// A turn that has no end was cut off with the program that led it.
        void over() {
            if (going) {
                transcript = transcript.closed().noted(CUT_OFF);
                going = false;
            }
            planned();
        }

        private void planned() {
            if (plan.changed()) {
                transcript = transcript.planned(plan.todos());
                plan = plan.begun();
            }
        }
    }

    private static Transcript unanswered(Transcript before, SessionEntry.NobodyAnswered nobody) {
        return nobody.kind() == ErrorKind.CANCELLED
                ? before.noted("interrupted")
                : TurnEvents.failure(before, nobody.kind(), nobody.message());
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
            Transcript before, SessionEntry.ModelSaid said, Map<String, Part.ToolCall> calls) {
        Transcript after = before;
        for (Part part : said.parts()) {
            if (part instanceof Part.Text(var text)) {
                after = text.isBlank() ? after : after.answered(text);
            } else if (part instanceof Part.Thinking(var text, _)) {
                after = text.isBlank() ? after : after.thinking(text);
            } else if (part instanceof Part.ToolCall call) {
                calls.put(call.id(), call);
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
            Transcript before,
            SessionEntry.ToolAnswered answered,
            Map<String, Part.ToolCall> calls) {
        Part.ToolCall call = calls.remove(answered.result().callId());
        Part.ToolResult result = answered.result();
        ToolOutcome outcome =
                new ToolOutcome(result.content(), result.failed(), answered.diff(), null);
        String title = answered.title();
        if (title == null) {
            title = call == null ? "tool" : shown(call);
        }
        ToolLine.Call shown = ToolLine.Call.of(title, call == null ? "" : call.arguments());
        return before.called(result.callId(), shown).tooled(result.callId(), outcome, false, 0);
    }

    private static String shown(Part.ToolCall call) {
        String arguments = call.arguments();
        boolean fits = arguments.length() <= LONGEST_ARGUMENTS;
        return call.name()
                + ' '
                + (fits ? arguments : arguments.substring(0, LONGEST_ARGUMENTS) + '…');
    }
}
