package hal0.slots.plan;

import hal0.providers.http.CancelToken;
import hal0.slots.error.SlotException;
import hal0.slots.hardware.Hardware;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Decides who is loaded when, and lets requests in.
///
/// **Shape** every load goes through it, but for what is found running (`loading` without being
/// asked). A slot that was defined is unknown until its loop says what it is: `loading`, `up`,
/// `down`, `failed` or `ended`; until then requests wait. Each `load` and `unload` on the [Lever]
/// is answered by exactly one of `up`, `down`, `failed`. **Errors** [SlotException]. **Threads**
/// any; reports and orders return at once, only `enter` and [Order#await] wait for long.
public interface Arbiter extends AutoCloseable {

    /// Takes a slot in, or its terms anew; what is up stays up.
    void define(Terms terms);

    /// The slot is defined no more: nobody new gets in, requests under way end first, then it is
    /// unloaded. `done` is told once it is down and forgotten.
    void forget(String slot, Runnable done);

    /// Lets a request in. A null model is whichever the slot has. `patience` is for the slot to be
    /// up with that model; who stands in line at one that is up waits until it is his turn.
    ///
    /// **Errors** `NOT_FOUND`, `QUEUE_FULL`, `LOADING` when patience ran out, `CANCELLED`, and
    /// whatever keeps it from being loaded.
    Place enter(String slot, @Nullable String model, Duration patience, CancelToken cancel);

    /// Requests that are under way there.
    int inFlight(String slot);

    /// Requests that wait there, in line or for a load.
    int waiting(String slot);

    /// Loads a slot, a null model being the default one; in place of another model if one is
    /// loaded, which is drained first.
    Order load(String slot, @Nullable String model);

    /// Loads it with its default model if nothing has to go down for that: for who is no operator.
    /// It stays down where there is no room.
    Order wake(String slot);

    /// Drains it and takes it down.
    Order unload(String slot);

    /// What `ended` is back where there is room for it. Whoever has taken its room meanwhile keeps
    /// it, and what an operator has ordered since comes first.
    void comeBack(String slot, @Nullable String model);

    /// Takes it down if nobody uses it or waits for it at that moment, else does nothing.
    void letGo(String slot);

    /// Drains it, takes it down and loads it again with the model that it had.
    Order restart(String slot);

    /// Report: it is coming up with that model, ordered or (after a restart of this process) found.
    void loading(String slot, @Nullable String model);

    /// Report: how far it has come, from 0 to 1, and how long it is expected to take still (null:
    /// as long as last time).
    void progress(String slot, double done, @Nullable Duration left);

    /// Report: it answers.
    void up(String slot, Target target);

    /// Report: it is down, and holds nothing any more.
    void down(String slot);

    /// Report: it is down because of a failure, which is told to all who wait. It is not loaded
    /// again for requests until a growing delay is over; with `CRASH_LOOPING` not before an
    /// operator wants it.
    void failed(String slot, SlotException why);

    /// Report: it was up and has ended unasked. Who wants it waits: its loop is going to ask for
    /// `comeBack` after that long.
    void ended(String slot, Duration again);

    /// Who holds what.
    Sharing sharing();

    /// Gives the GPUs to the other group: `force` even while requests are under way or what is in
    /// the way is pinned, `pin` until it is changed by hand.
    ///
    /// **Errors** at once, `CONFIG_ERROR` where groups do not exclude each other or there is no
    /// such mode, `PINNED`, `ILLEGAL_TRANSITION` during a switch; from the order why it was taken
    /// back.
    Order gpuMode(String mode, boolean force, boolean pin);

    /// Answers all who wait with `CANCELLED` and decides nothing further; what is up stays up.
    @Override
    void close();

    /// Starts one, which knows no slots yet.
    static Arbiter open(Lever lever, Hardware.Probe probe, Settings settings) {
        return new ArbiterLoop(lever, probe, settings);
    }

    /// What `[slots]` and `[gpu]` say. `gpuFile` keeps who has the GPUs (`state/gpu.json`).
    /// **Units** `keepFreeMb` in MiB of the machine's memory, of which a quarter at most is kept.
    record Settings(long keepFreeMb, boolean exclusiveGroups, Duration idleRestore, Path gpuFile) {}
}
