package hal0.agent.memory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.permission.Deed;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.PlannedCall;
import hal0.agent.tool.ToolException;
import hal0.agent.tool.ToolOutcome;
import hal0.agent.tool.ToolRun;
import hal0.agent.tool.ToolText;
import hal0.home.memory.Memory;
import hal0.home.memory.Note;
import hal0.home.store.StoreException;
import hal0.providers.message.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
        JsonNode text = arguments.path("text");
        if (!text.isTextual()) {
            throw new ToolException("text must be a text, the note to remember");
        }
        try {
            return new Call(new Note(bank, text.textValue(), tags(arguments), metadata, source));
        } catch (IllegalArgumentException e) {
            throw new ToolException(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<String> tags(ObjectNode arguments) {
        List<String> tags = new ArrayList<>();
        JsonNode given = arguments.path("tags");
        if (given.isTextual()) {
            tags.add(given.textValue()); // one, not in a list: what is meant is clear
        }
        for (JsonNode tag : given) {
            if (!tag.isTextual()) {
                throw new ToolException("tags must be a list of texts");
            }
            tags.add(tag.textValue());
        }
        return tags;
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
