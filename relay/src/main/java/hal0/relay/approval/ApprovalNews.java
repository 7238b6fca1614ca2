package hal0.relay.approval;

import static java.lang.System.Logger.Level.ERROR;
import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.activity.Activity;
import hal0.home.activity.Deed;
import hal0.home.store.StoreException;
import hal0.relay.error.Json;
import hal0.relay.event.Event.Severity;
import hal0.relay.event.Events;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Tells of every step of an approval: to who listens now, and in the activity for good.
///
/// **Threads** any; blocks on the disk.
public final class ApprovalNews {
    private static final System.Logger LOG = System.getLogger(ApprovalNews.class.getName());
    private static final String NOBODY = "hal0";

    private final Events events;
    private final Activity activity;
    private final Runnable changed;

    public ApprovalNews(Events events, Activity activity) {
        this(events, activity, () -> {});
    }

    /// `changed` is run at each step, for who looks at them.
    public ApprovalNews(Events events, Activity activity, Runnable changed) {
        this.events = events;
        this.activity = activity;
        this.changed = changed;
    }

    void waiting(Approval asked) {
        tell(asked, "waiting", Severity.WARNING, asked.asker() + " asks: " + asked.summary());
        note(Deed.done(asked.asker(), "approval.waiting", asked.tool(), null, asJson(asked)));
    }

    void decided(Approval decided) {
        String who = Objects.requireNonNullElse(decided.decidedBy(), NOBODY);
        if (decided.state() == Approval.State.DENIED) {
            tell(decided, "denied", Severity.INFO, who + " denied: " + decided.summary());
            note(
                    Deed.refused(
                            who,
                            "approval.denied",
                            decided.tool(),
                            "%s did not allow %s (asked by %s)"
                                    .formatted(who, decided.id(), decided.asker())));
        } else {
            tell(decided, "approved", Severity.INFO, who + " approved: " + decided.summary());
            note(Deed.done(who, "approval.approved", decided.tool(), null, asJson(decided)));
        }
    }

    /// Also of one that nobody decided.
    void ended(Approval over) {
        String who = Objects.requireNonNullElse(over.decidedBy(), NOBODY);
        switch (over.state()) {
            case DONE -> {
                tell(over, "done", Severity.INFO, "done: " + over.summary());
                note(Deed.done(who, "approval.done", over.tool(), null, asJson(over)));
            }
            case FAILED -> {
                tell(over, "failed", Severity.ERROR, "failed: " + over.summary());
                note(Deed.refused(who, "approval.failed", over.tool(), outcome(over)));
            }
            case EXPIRED -> {
                tell(over, "expired", Severity.WARNING, "nobody decided: " + over.summary());
                note(
                        Deed.refused(
                                NOBODY,
                                "approval.expired",
                                over.tool(),
                                over.outcome() == null
                                        ? "nobody decided %s in time (asked by %s)"
                                                .formatted(over.id(), over.asker())
                                        : over.outcome()));
            }
            case WAITING, RUNNING, DENIED -> {
                // Told of when it came to be so.
            }
        }
    }

    private static String outcome(Approval over) {
        return Objects.requireNonNullElse(over.outcome(), "");
    }

    private void tell(Approval approval, String what, Severity severity, String message) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("approval_id", approval.id());
        data.put("tool", approval.tool());
        data.put("asker", approval.asker());
        data.put("state", approval.state().word());
        events.emit("approval." + what, severity, approval.tool(), message, data);
        changed.run();
    }

    private static String asJson(Approval approval) {
        byte[] json =
                Json.bytes(out -> {
                    out.writeStartObject();
                    out.writeStringField("id", approval.id());
                    out.writeStringField("summary", approval.summary());
                    out.writeStringField("asker", approval.asker());
                    out.writeStringField("arguments", approval.arguments());
                    out.writeEndObject();
                });
        return new String(json, UTF_8);
    }

    private void note(Deed deed) {
        try {
            activity.note(deed);
        } catch (StoreException e) {
            // What was decided holds: a full disk must neither undo nor repeat it.
            LOG.log(ERROR, "activity not noted: {0}: {1}", deed, e.getMessage());
        }
    }
}
