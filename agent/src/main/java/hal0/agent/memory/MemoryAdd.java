package hal0.agent.memory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.Arguments;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.tool.ToolText;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import hal0.home.store.StoreException;
import hal0.providers.message.Tool;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `memory_add`: remembers a note.
final class MemoryAdd implements AgentTool {
    private static final int TITLE = 80;

    private final Tool definition = ToolText.of(MemoryAdd.class, "memory_add");
    private final Memory memory;
    private final String bank;
    private final String source;
    private final Map<String, String> metadata;

    MemoryAdd(Memory memory, String bank, String source, Map<String, String> metadata) {
        this.memory = memory;
        this.bank = bank;
        this.source = source;
        this.metadata = metadata;
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return true;
    }

    @Override
    public PlannedCall plan(ObjectNode arguments) {
        Arguments read = Arguments.of(arguments, "text", "tags");
        try {
            return new Call(
                    new Note(bank, read.text("text"), read.texts("tags"), metadata, source));
        } catch (IllegalArgumentException e) {
            throw new ToolException(String.valueOf(e.getMessage()), e);
        }
    }

    private final class Call implements PlannedCall {
        private final Note note;

        Call(Note note) {
            this.note = note;
        }

        @Override
        public String title() {
            String line = note.text().lines().findFirst().orElse("");
            return "memory_add "
                    + (line.length() > TITLE ? line.substring(0, TITLE - 1) + "…" : line);
        }

        @Override
        public @Nullable String preview() {
            boolean whole = note.text().length() <= TITLE && note.text().indexOf('\n') < 0;
            return whole ? null : note.text();
        }

        @Override
        public List<Deed> deeds() {
            return List.of(new Deed.Remember(note.text()));
        }

        @Override
        public ToolOutcome run(ToolRun run) {
            try {
                Memory.Kept kept = memory.add(note);
                return ToolOutcome.of(
                        (kept.known() ? "Known already as #%d" : "Remembered as #%d")
                                .formatted(kept.id()));
            } catch (StoreException e) {
                throw new ToolException("it cannot be remembered: " + e.getMessage(), e);
            }
        }
    }
}
