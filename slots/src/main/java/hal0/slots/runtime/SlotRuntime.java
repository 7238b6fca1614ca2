package hal0.slots.runtime;

import hal0.providers.http.CancelToken;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.RuntimeName;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// Starts and stops what serves a slot's model, and finds again what it started.
///
/// **Shape** everything that it starts carries the slot's name, the home's mark and the launch's
/// fingerprint, so that a later process finds it. **Errors** [hal0.slots.error.SlotException]:
/// `RUNTIME_UNAVAILABLE` that names what was tried when there is nothing to talk to, `CONFIG_ERROR`
/// for an image or a program that is not there, `LOAD_FAILED` for what does not start. **Threads**
/// any; calls block.
public interface SlotRuntime extends AutoCloseable {
    RuntimeName name();

    /// Returns when it can be talked to.
    void check();

    /// Whether everything that a launch needs is on this machine.
    boolean isPrepared(Launch launch);

    /// Gets what is missing; tells how far it is. Cancelling leaves nothing half there that would
    /// be taken for whole.
    void prepare(Launch launch, Consumer<PullProgress> progress, CancelToken cancel);

    /// Starts it, and returns as soon as it runs, long before it answers. What a failed or
    /// cancelled start had begun is gone again. A remnant of the same slot and home is removed
    /// first.
    Running start(Launch launch, CancelToken cancel);

    /// What this home has here, running or not.
    List<Running> find();

    /// Ends it and removes what it left, in order first, after `grace` by force; nothing happens
    /// where it is gone already.
    void stop(Running running, Duration grace);

    /// Tells of everything of this home that ends, and of an engine that goes and comes back, until
    /// it is closed.
    Watching watch(Consumer<RuntimeEvent> listener);

    /// Gives the last `lines` lines of its output to `sink`, with `follow` further ones until it
    /// ends or `cancel` is; then it returns.
    void logs(
            Running running, int lines, boolean follow, Consumer<LogLine> sink, CancelToken cancel);

    /// Memory that it holds now, in MiB of the machine's memory; 0 where that cannot be told.
    long memoryMb(Running running);

    @Override
    void close();

    /// Ends a watch.
    interface Watching extends AutoCloseable {
        @Override
        void close();
    }
}
