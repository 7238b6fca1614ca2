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
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory;
import hal0.home.memory.Memory.Hit;
import hal0.home.store.StoreException;
import hal0.providers.message.Tool;
import java.time.ZoneOffset;
import java.util.List;

/// `memory_search`: looks for notes by their words.
final class MemorySearch implements AgentTool {
    private static final int USUAL = 8;
    private static final int MOST = 50;
    private static final int MOST_CHARACTERS = 20_000;

    private final Tool definition = ToolText.of(MemorySearch.class, "memory_search");
    private final Memory memory;
    private final String bank;

    MemorySearch(Memory memory, String bank) {
        this.memory = memory;
        this.bank = bank;
    }

    @Override
    public Tool definition() {
        return definition;
    }

    @Override
    public boolean writes() {
        return false;
    }

    @Override
    public PlannedCall plan(ObjectNode arguments) {
        Arguments read = Arguments.of(arguments, "query", "limit");
        String query = read.text("query").strip();
        if (query.isEmpty()) {
            throw new ToolException("\"query\" is empty; write the words to look for");
        }
        return new Call(query, read.number("limit", USUAL, 1, MOST));
    }

    private final class Call implements PlannedCall {
        private final String query;
        private final int limit;

        Call(String query, int limit) {
            this.query = query;
            this.limit = limit;
        }

        @Override
        public String title() {
            return "memory_search " + query;
        }

        @Override
        public List<Deed> deeds() {
            return List.of();
        }

        @Override
        public boolean parallel() {
            return true;
        }

        @Override
        public ToolOutcome run(ToolRun run) {
            try {
                List<Hit> hits = memory.search(bank, query, limit);
                if (hits.isEmpty()) {
                    return ToolOutcome.of("Nothing is remembered about that.");
                }
                memory.used(hits.stream().map(hit -> hit.item().id()).toList());
                return ToolOutcome.of(text(hits));
            } catch (StoreException e) {
                throw new ToolException("the memory cannot be searched: " + e.getMessage(), e);
            }
        }
    }

    private static String text(List<Hit> hits) {
        StringBuilder text = new StringBuilder();
        int told = 0;
        for (Hit hit : hits) {
            String line = line(hit.item());
            if (told > 0 && text.length() + line.length() > MOST_CHARACTERS) {
                text.append(
                        "(%d more; ask for fewer, or more exactly)\n"
                                .formatted(hits.size() - told));
                break;
            }
            text.append(line);
            told++;
        }
        return text.toString().stripTrailing();
    }

    private static String line(Memorized item) {
        String tags =
                item.note().tags().isEmpty()
                        ? ""
                        : " [" + String.join(", ", item.note().tags()) + "]";
        return "#%d %s%s: %s\n"
                .formatted(
                        item.id(),
                        item.toldAt().atOffset(ZoneOffset.UTC).toLocalDate(),
                        tags,
                        item.note().text());
    }
}
