package hal0.slots.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who holds what, at one moment.
///
/// **Shape** `mode` is the group that has the GPUs (`llm` or `img`) where groups exclude each
/// other, else null; `pinned` when it has them until that is changed by hand; `note` for people:
/// what is being switched, or why the last switch was taken back.
public record Sharing(List<Holding> holdings, @Nullable String mode, boolean pinned, String note) {
    public Sharing {
        holdings = List.copyOf(holdings);
    }

    /// What one slot has, or is about to take; `phase` is one of `loading`, `up`, `draining`,
    /// `unloading`.
    public record Holding(String slot, Need need, String phase) {}
}
