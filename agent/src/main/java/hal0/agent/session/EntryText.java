package hal0.agent.session;

import hal0.providers.message.Part;
import java.util.ArrayList;
import java.util.List;

/// What can be looked for in an entry: what was said, called and answered, as text.
final class EntryText {
    private EntryText() {}

    static List<String> of(SessionEntry entry) {
        return switch (entry) {
            case SessionEntry.UserSaid said -> of(said.parts());
            case SessionEntry.ModelSaid said -> of(said.parts());
            case SessionEntry.ToolAnswered answered -> of(answered.result().content());
            case SessionEntry.Nudged nudged -> List.of(nudged.text());
            case SessionEntry.Compacted compacted -> List.of(compacted.summary());
            case SessionEntry.Planned planned -> planned.todos().stream().map(Todo::text).toList();
            case SessionEntry.NobodyAnswered _,
                    SessionEntry.Halted _,
                    SessionEntry.SpentBeside _,
                    SessionEntry.Expanded _,
                    SessionEntry.FilesKept _,
                    SessionEntry.FilesChanged _,
                    SessionEntry.Undone _,
                    SessionEntry.Redone _ ->
                    List.of();
        };
    }

    private static List<String> of(List<Part> parts) {
        List<String> texts = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Text(var text) -> texts.add(text);
                case Part.Thinking(var text, _) -> texts.add(text);
                case Part.ToolCall call -> texts.add(call.arguments());
                case Part.ToolResult(_, var content, _) -> texts.addAll(of(content));
                case Part.RedactedThinking _,
                        Part.Image _,
                        Part.Document _,
                        Part.Audio _,
                        Part.Cache _,
                        Part.Opaque _ -> {}
            }
        }
        return texts;
    }
}
