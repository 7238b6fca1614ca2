package hal0.tui.state;

/// What a board changes in the rest of the program.
public sealed interface Change {

    /// Has a slot load its model, or another one where `model` is not empty.
    record Load(String slot, String model) implements Change {}

    record Unload(String slot) implements Change {}

    /// Puts another model in place of the one that serves.
    record Swap(String slot, String model) implements Change {}

    record Restart(String slot) implements Change {}

    /// Whether it may be unloaded to make room.
    record Pin(String slot, boolean pinned) implements Change {}

    /// Lets the other group of slots have the GPU.
    record GpuMode(String mode, boolean force) implements Change {}
}
