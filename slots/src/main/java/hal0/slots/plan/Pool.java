package hal0.slots.plan;

/// Something that slots share.
public sealed interface Pool {

    /// The memory of the machine.
    record Memory() implements Pool {}

    /// The memory of one GPU: `kind` is the word of a slot's device (`gpu-cuda`), `index` its place
    /// among its kind. A laptop has two with index 0, one of each kind.
    record Gpu(String kind, int index) implements Pool {}

    /// The NPU, which takes one language model at a time.
    record Npu() implements Pool {}

    /// As people and programs are shown it: `gpu-cuda:0`, `memory`, `npu`.
    default String word() {
        return switch (this) {
            case Memory _ -> "memory";
            case Gpu gpu -> gpu.kind() + ":" + gpu.index();
            case Npu _ -> "npu";
        };
    }
}
