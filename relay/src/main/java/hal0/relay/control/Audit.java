package hal0.relay.control;

import static java.lang.System.Logger.Level.ERROR;

import hal0.home.activity.Activity;
import hal0.home.activity.Deed;
import hal0.home.store.StoreException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Notes every change that somebody asks for, whether it came to pass or was refused.
///
/// **Shape** what is noted is JSON without secrets. A database that cannot be written does not undo
/// a change that was made: then the log has the line. **Threads** any.
public final class Audit {
    private static final System.Logger LOG = System.getLogger(Audit.class.getName());

    private final Activity activity;
    private final String actor;

    public Audit(Activity activity, String actor) {
        this.activity = activity;
        this.actor = actor;
    }

    /// This, for what somebody else asks for.
    public Audit by(String other) {
        return new Audit(activity, other);
    }

    /// Does it and notes it; `state` gives the subject's state as JSON, before and after.
    ///
    /// **Errors** what `work` throws.
    <T> T noted(String action, String subject, Supplier<@Nullable String> state, Supplier<T> work) {
        @Nullable String before = state.get();
        T result;
        try {
            result = work.get();
        } catch (ControlException e) {
            note(Deed.refused(actor, action, subject, String.valueOf(e.getMessage())));
            throw e;
        }
        note(Deed.done(actor, action, subject, before, state.get()));
        return result;
    }

    /// Notes what has been done elsewhere already.
    public void done(String action, String subject) {
        note(Deed.done(actor, action, subject, null, null));
    }

    /// Notes what was refused elsewhere.
    public void refused(String action, String subject, String reason) {
        note(Deed.refused(actor, action, subject, reason));
    }

    private void note(Deed deed) {
        try {
            activity.note(deed);
        } catch (StoreException e) {
            // Its reason is in its message: a full disk is no fault whose place would matter.
            LOG.log(ERROR, "activity not noted: {0}: {1}", deed, e.getMessage());
        }
    }
}
