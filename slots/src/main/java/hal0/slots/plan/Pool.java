package hal0.slots.plan;

/// Something that slots share.
public sealed interface Pool {

    /// The memory of the machine.
    record Memory() implements Pool {}

    /// The memory of one GPU, by its index among its kind.
    record Gpu(int index) implements Pool {}

    /// The NPU, which takes one model at a time.
    record Npu() implements Pool {}
}
