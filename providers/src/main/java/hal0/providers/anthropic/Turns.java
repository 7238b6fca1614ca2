package hal0.providers.anthropic;

import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Role;
import java.util.ArrayList;
import java.util.List;

/// A conversation as the protocol orders it: instructions at the top, then turns, in which
/// neighbouring messages of one role are one.
///
/// **Shape** where a model takes instructions in the conversation, those behind the first turn stay
/// behind the turn of the user that they belong to; the API wants them there, before an answer or
/// at the end, and nowhere else. All others go to the top, in their order. **Source**
/// platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages as quoted in
/// github.com/maximhq/bifrost/pull/3945, read 2026-11-21.
record Turns(List<Part> system, List<Turn> turns) {

    record Turn(Role role, List<Part> parts) {}

    static Turns of(ChatRequest request, boolean systemInPlace) {
        List<Part> system = new ArrayList<>();
        List<Turn> turns = new ArrayList<>();
        List<Part> waiting = new ArrayList<>();
        for (Message message : request.messages()) {
            if (message.role() == Role.SYSTEM) {
                boolean late = systemInPlace && !turns.isEmpty();
                (late ? waiting : system).addAll(message.parts());
                continue;
            }
            if (turns.isEmpty() || turns.getLast().role() != message.role()) {
                settle(turns, waiting);
                turns.add(new Turn(message.role(), new ArrayList<>()));
            }
            turns.getLast().parts().addAll(message.parts());
        }
        settle(turns, waiting);
        system.addAll(waiting);
        return new Turns(system, turns);
    }

    /// Whether the calls that are being answered, or the answer that is to go on, began without a
    /// thought that the API knows as its own.
    boolean goOnWithoutThought() {
        Turn first = null;
        for (Turn turn : turns.reversed()) {
            if (turn.role() == Role.ASSISTANT) {
                first = turn;
            } else if (turn.role() == Role.USER && !answers(turn)) {
                break;
            }
        }
        return first != null && !beginsWithThought(first);
    }

    private static boolean answers(Turn turn) {
        return turn.parts().stream().anyMatch(Part.ToolResult.class::isInstance);
    }

    private static boolean beginsWithThought(Turn turn) {
        List<BlockWriter.Block> said = BlockWriter.blocks(turn.role(), turn.parts());
        return said.isEmpty()
                || said.getFirst().part() instanceof Part.Thinking
                || said.getFirst().part() instanceof Part.RedactedThinking;
    }

    private static void settle(List<Turn> turns, List<Part> waiting) {
        if (!waiting.isEmpty() && turns.getLast().role() == Role.USER) {
            turns.add(new Turn(Role.SYSTEM, List.copyOf(waiting)));
            waiting.clear();
        }
    }
}
