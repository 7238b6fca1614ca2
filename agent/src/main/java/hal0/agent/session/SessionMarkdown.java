package hal0.agent.session;

import hal0.agent.checkpoint.FileChange;
import hal0.agent.session.SessionEntry.Ending;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A session as Markdown, for people: what holds of it, in order.
///
/// **Shape** a heading for each speaker; thinking, calls of tools and summaries folded; what tools
/// were given and answered in fences that nothing within can close; pictures as data.
public final class SessionMarkdown {
    private final StringBuilder out = new StringBuilder();

    /// Calls of the last answer whose results have not come yet.
    private final Map<String, Part.ToolCall> calls = new LinkedHashMap<>();

    private SessionMarkdown() {}

    public static String of(Session session) {
        SessionMarkdown markdown = new SessionMarkdown();
        markdown.head(session.header());
        for (History.Numbered each : History.of(session.entries()).all()) {
            markdown.entry(each.entry());
        }
        markdown.lost();
        return markdown.out.toString();
    }

    private void head(SessionHeader header) {
        out.append("# Session ").append(header.id()).append("\n\n");
        out.append("- Folder: ").append(code(header.cwd())).append('\n');
        out.append("- Started: ").append(header.started()).append('\n');
        item("Parent", header.parent());
        item("Forked from", header.forkedFrom());
        item("Agent", header.agent());
    }

    private void item(String name, @Nullable String value) {
        if (value != null) {
            out.append("- ").append(name).append(": ").append(code(value)).append('\n');
        }
    }

    private void entry(SessionEntry entry) {
        switch (entry) {
            case SessionEntry.UserSaid said -> {
                lost();
                heading("User");
                said.parts().forEach(this::part);
            }
            case SessionEntry.ModelSaid said -> answer(said);
            case SessionEntry.ToolAnswered answered -> tool(answered);
            case SessionEntry.NobodyAnswered nobody -> quoted("No answer: " + nobody.message());
            case SessionEntry.Halted halted -> quoted(halted.why());
            case SessionEntry.Nudged nudged -> {
                heading(nudged.by().equals("user") ? "User" : "Said by " + nudged.by());
                paragraph(nudged.text());
            }
            case SessionEntry.Planned planned -> plan(planned.todos());
            case SessionEntry.Compacted compacted ->
                    folded(
                            "From here on the model was told this summary of what was said before",
                            fence(compacted.summary(), ""));
            case SessionEntry.FilesChanged changed -> files(changed.changes());
            case SessionEntry.SpentBeside _,
                    SessionEntry.FilesKept _,
                    SessionEntry.Expanded _,
                    SessionEntry.Undone _,
                    SessionEntry.Redone _ -> {}
        }
    }

    private void answer(SessionEntry.ModelSaid said) {
        lost();
        String provider = said.provider();
        heading(
                "Assistant"
                        + (provider.isEmpty() ? "" : " (" + provider + '/' + said.model() + ')'));
        for (Part part : said.parts()) {
            if (part instanceof Part.ToolCall call) {
                calls.put(call.id(), call);
            } else {
                part(part);
            }
        }
        switch (said.ending()) {
            case Ending.Stopped _ -> {}
            case Ending.Interrupted _ -> quoted("Interrupted.");
            case Ending.Failed(_, var message) -> quoted("Broke off: " + message);
        }
    }

    private void tool(SessionEntry.ToolAnswered answered) {
        Part.ToolCall call = calls.remove(answered.result().callId());
        StringBuilder body = new StringBuilder();
        if (call != null) {
            body.append(fence(call.arguments(), "json"));
        }
        for (Part part : answered.result().content()) {
            body.append(part instanceof Part.Text(var text) ? fence(text, "") : media(part));
        }
        if (answered.diff() != null) {
            body.append(fence(answered.diff(), "diff"));
        }
        String name = call == null ? "tool" : call.name();
        folded(name + (answered.result().failed() ? " — failed" : ""), body.toString());
    }

    /// Calls whose results never came.
    private void lost() {
        for (Part.ToolCall call : calls.values()) {
            folded(call.name() + " — not run", fence(call.arguments(), "json"));
        }
        calls.clear();
    }

    private void part(Part part) {
        switch (part) {
            case Part.Text(var text) -> paragraph(text);
            case Part.Thinking(var text, _) -> folded("Thinking", fence(text, ""));
            case Part.ToolResult(_, var content, _) -> content.forEach(this::part);
            case Part.Image _, Part.Document _, Part.Audio _ -> out.append(media(part));
            case Part.RedactedThinking _, Part.Cache _, Part.Opaque _, Part.ToolCall _ -> {}
        }
    }

    private static String media(Part part) {
        return switch (part) {
            case Part.Image image -> "\n!" + link("image", image.source()) + '\n';
            case Part.Document document ->
                    "\n"
                            + link(
                                    document.name() == null ? "document" : document.name(),
                                    document.source())
                            + '\n';
            case Part.Audio audio -> "\n" + link("audio", audio.source()) + '\n';
            case Part.Text _,
                    Part.Thinking _,
                    Part.RedactedThinking _,
                    Part.Cache _,
                    Part.Opaque _,
                    Part.ToolCall _,
                    Part.ToolResult _ ->
                    "";
        };
    }

    private static String link(String name, MediaSource source) {
        String target =
                switch (source) {
                    case MediaSource.Base64(var type, var data) ->
                            "data:" + type + ";base64," + data;
                    case MediaSource.Url(var url) -> url;
                    case MediaSource.FileId(var id) -> "file:" + id;
                };
        return "[%s](<%s>)".formatted(name.replaceAll("[\\[\\]\\\\\n]", " "), target.strip());
    }

    private void plan(List<Todo> todos) {
        out.append("\nPlan:\n\n");
        for (Todo todo : todos) {
            out.append(todo.state() == Todo.State.DONE ? "- [x] " : "- [ ] ")
                    .append(todo.text().replace('\n', ' '))
                    .append(todo.state() == Todo.State.DOING ? " (doing)" : "")
                    .append('\n');
        }
    }

    private void files(List<FileChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        out.append("\nFiles changed:\n\n");
        for (FileChange change : changes) {
            out.append("- ").append(code(change.path())).append('\n');
        }
    }

    private void heading(String text) {
        out.append("\n## ").append(text.replace('\n', ' ')).append('\n');
    }

    private void paragraph(String text) {
        out.append('\n').append(text.strip()).append('\n');
    }

    private void quoted(String text) {
        out.append("\n> ").append(text.strip().replace("\n", "\n> ")).append('\n');
    }

    private void folded(String title, String body) {
        String shown = title.replace("&", "&amp;").replace("<", "&lt;").replace('\n', ' ');
        out.append("\n<details><summary>").append(shown).append("</summary>\n");
        out.append(body).append("\n</details>\n");
    }

    private static String code(String text) {
        String ticks = "`".repeat(longestRun(text) + 1);
        return ticks.length() == 1 ? ticks + text + ticks : ticks + ' ' + text + ' ' + ticks;
    }

    private static String fence(String text, String language) {
        String ticks = "`".repeat(Math.max(3, longestRun(text) + 1));
        String end = text.endsWith("\n") ? "" : "\n";
        return '\n' + ticks + language + '\n' + text + end + ticks + '\n';
    }

    private static int longestRun(String text) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            run = text.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return longest;
    }
}
