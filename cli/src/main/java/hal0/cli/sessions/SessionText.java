package hal0.cli.sessions;

import hal0.agent.session.History;
import hal0.agent.session.Session;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.Ending;
import hal0.agent.session.SessionHeader;
import hal0.cli.console.FailedCall;
import hal0.providers.message.Part;
import java.util.List;

/// What was said in a session, briefly: each entry behind its number, a call of a tool in a line.
final class SessionText {
    private static final int LONGEST_LINE = 200;

    private final StringBuilder out = new StringBuilder();

    private SessionText() {}

    static String of(Session session) {
        SessionText text = new SessionText();
        SessionHeader header = session.header();
        text.out.append(
                "session %s, begun %s in %s%n"
                        .formatted(header.id(), header.started(), header.cwd()));
        for (History.Numbered each : History.of(session.entries()).all()) {
            text.entry(each.number(), each.entry());
        }
        return text.out.toString();
    }

    private void entry(int number, SessionEntry entry) {
        switch (entry) {
            case SessionEntry.UserSaid said -> {
                head(number, "user");
                parts(said.parts());
            }
            case SessionEntry.ModelSaid said -> {
                head(number, (said.provider() + ' ' + said.model()).strip());
                parts(said.parts());
                switch (said.ending()) {
                    case Ending.Stopped _ -> {}
                    case Ending.Interrupted _ -> line("(interrupted)");
                    case Ending.Failed(_, var message) -> line("(broke off: " + message + ')');
                }
            }
            case SessionEntry.ToolAnswered answered -> {
                if (answered.result().failed()) {
                    line("  failed: " + why(answered.result().content()));
                }
            }
            case SessionEntry.NobodyAnswered nobody ->
                    line("(no answer: " + nobody.message() + ')');
            case SessionEntry.Halted halted -> line('(' + halted.why() + ')');
            case SessionEntry.Nudged nudged -> {
                head(number, nudged.by());
                out.append(nudged.text().strip()).append('\n');
            }
            case SessionEntry.Compacted _ ->
                    line("(from here on, what stands above was told to the model as a summary)");
            case SessionEntry.FilesChanged changed ->
                    changed.changes().forEach(change -> line("  changed " + change.path()));
            case SessionEntry.Planned planned ->
                    planned.todos()
                            .forEach(todo ->
                                    line(
                                            "  plan: "
                                                    + todo.text()
                                                    + " ("
                                                    + todo.state()
                                                            .name()
                                                            .toLowerCase(java.util.Locale.ROOT)
                                                    + ')'));
            case SessionEntry.SpentBeside _,
                    SessionEntry.FilesKept _,
                    SessionEntry.Expanded _,
                    SessionEntry.Undone _,
                    SessionEntry.Redone _ -> {}
        }
    }

    private void head(int number, String who) {
        out.append("\n#%d %s%n".formatted(number, who));
    }

    private void parts(List<Part> parts) {
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var text) -> out.append(text.strip()).append('\n');
                case Part.ToolCall call -> line("▸ " + call.name() + ' ' + call.arguments());
                case Part.Image _ -> line("[image]");
                case Part.Document(_, var name) ->
                        line(name == null ? "[document]" : "[document " + name + ']');
                case Part.Audio _ -> line("[audio]");
                case Part.ToolResult result -> line("  " + why(result.content()));
                case Part.Thinking _, Part.RedactedThinking _, Part.Cache _, Part.Opaque _ -> {}
            }
        }
    }

    private static String why(List<Part> parts) {
        for (Part part : parts) {
            if (part instanceof Part.Text(var text)) {
                return FailedCall.line(text);
            }
        }
        return "";
    }

    private void line(String text) {
        String one = text.replace('\n', ' ');
        boolean fits = one.length() <= LONGEST_LINE;
        int end =
                fits || !Character.isHighSurrogate(one.charAt(LONGEST_LINE - 1))
                        ? LONGEST_LINE
                        : LONGEST_LINE - 1;
        out.append(fits ? one : one.substring(0, end) + '…').append('\n');
    }
}
