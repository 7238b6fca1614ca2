package hal0.slots.plan;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which group has the GPUs, as it is written down before anything is unloaded.
///
/// **Shape** `mode` has them, or had them until the switch to `switchingTo` began, which is null
/// while none is under way: who reads that after a crash goes back to `mode`. `restore` is what
/// each group had loaded when it gave them up.
record GroupState(
        String mode,
        boolean pinned,
        @Nullable String switchingTo,
        Map<String, List<Loaded>> restore) {
    static final String LLM = "llm";
    static final String IMG = "img";

    GroupState {
        restore = Map.copyOf(restore);
    }

    /// A slot and the model that it had, null for its default one.
    record Loaded(String slot, @Nullable String model) {}

    static GroupState first() {
        return new GroupState(LLM, false, null, Map.of());
    }

    GroupState mode(String now, boolean pin) {
        return new GroupState(now, pin, null, restore);
    }

    GroupState switching(String to, boolean pin, Map<String, List<Loaded>> had) {
        return new GroupState(mode, pin, to, had);
    }
}
