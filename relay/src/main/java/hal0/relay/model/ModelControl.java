package hal0.relay.model;

import hal0.providers.http.CancelToken;
import hal0.slots.model.pull.PullStatus;
import hal0.slots.model.pull.PullWish;
import hal0.slots.model.pull.Pulls;
import java.util.List;
import java.util.function.Consumer;

/// What can be done to the models of a home.
///
/// **Errors** [hal0.slots.error.ModelException] for what is refused, and
/// [hal0.relay.control.ControlException] when another process cannot be asked. **Threads** any;
/// blocks.
public interface ModelControl {
    /// What memory is estimated for where nobody says; a slot's own default.
    long USUAL_CONTEXT = 8192;

    /// The same, for what somebody else asks for; who asks another process is known there.
    default ModelControl by(String actor) {
        return this;
    }

    /// The registry, in the order of its file, then the files of the store that it does not know.
    List<ModelEntry> list();

    /// One of these, by its id or reference; its memory is estimated for so many tokens.
    ModelEntry one(String id, long contextSize);

    /// Begins to pull a model.
    Pulls.Begun pull(PullWish wish);

    /// The pulls that run, and the last that ended.
    List<PullStatus> pulls();

    PullStatus pull(String job);

    /// Ends a pull; what has come stays for the next one.
    PullStatus cancel(String job);

    /// Tells how a pull goes on until it is over or `left` is cancelled.
    PullStatus follow(String job, Consumer<PullStatus> listener, CancelToken left);

    ModelEntry register(NewModel model);

    /// Takes a model out of the registry, and with `files` its files out of the store, parts too;
    /// `force` even where a slot is defined with it.
    ModelEntry remove(String id, boolean files, boolean force);

    /// Makes it the model of a slot.
    ModelEntry assign(String id, String slot);
}
