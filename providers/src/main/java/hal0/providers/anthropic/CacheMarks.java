package hal0.providers.anthropic;

import hal0.providers.dialect.CacheControl;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Role;
import java.util.List;

/// Where a request tells the provider to cache what stands before.
///
/// **Shape** at most three of the four marks that are allowed: behind what never changes (system,
/// or tools where there is none), behind the user's last turn, which the next request will find,
/// and behind the turn before it, which this request finds: a reading mark looks back only some
/// twenty blocks, and a turn with many calls is longer. The marks are no part of what is compared,
/// so that they may move on. A single question gets none: writing costs a quarter more than plain
/// input, and nobody comes back for it; a request with tools will be followed by another. Nor does
/// a request that its caller marked: it knows better.
///
/// **Source** src/anthropic/types/cache_control_ephemeral_param.py in
/// anthropics/anthropic-sdk-python; moving a mark along:
/// platform.claude.com/docs/en/build-with-claude/prompt-caching; four marks, two of them moving:
/// github.com/microsoft/vscode/pull/315505, and packages/opencode/src/provider/transform.ts in
/// sst/opencode; prices: docs.electronhub.ai/guides/prompt-caching; twenty blocks:
/// dev.to/ji_ai/claude-prompt-caching-why-cachereadinputtokens-stays-0-2c7d. Read 2026-11-21.
final class CacheMarks {
    private final boolean wanted;
    private int userTurnsLeft;

    /// `explicit` is whether the request as a whole is marked already.
    CacheMarks(ChatRequest request, boolean explicit) {
        List<Message> messages = request.messages();
        boolean goesOn =
                !request.tools().isEmpty()
                        || messages.stream().anyMatch(m -> m.role() == Role.ASSISTANT);
        wanted = goesOn && !explicit && !CacheControl.isMarked(request);
        userTurnsLeft = userTurns(messages);
    }

    /// Neighbouring messages of one role are one turn.
    private static int userTurns(List<Message> messages) {
        int turns = 0;
        Role before = Role.SYSTEM;
        for (Message message : messages) {
            if (message.role() == Role.SYSTEM) {
                continue;
            }
            if (message.role() == Role.USER && before != Role.USER) {
                turns++;
            }
            before = message.role();
        }
        return turns;
    }

    /// Whether what never changes is marked.
    boolean behindTheConstant() {
        return wanted;
    }

    /// Whether the turn that is being written is marked; asked once for each, in their order.
    boolean behind(Role turn) {
        if (turn != Role.USER) {
            return false;
        }
        userTurnsLeft--;
        return wanted && userTurnsLeft < 2;
    }
}
