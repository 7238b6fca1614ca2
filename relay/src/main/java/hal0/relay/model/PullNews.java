package hal0.relay.model;

import hal0.relay.event.Event.Severity;
import hal0.relay.event.Events;
import hal0.slots.model.pull.PullStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tells everybody who listens of pulls that begin and end.
public final class PullNews implements Consumer<PullStatus> {
    private final Events events;
    private final Runnable registered;

    /// `registered` is run when a model has come.
    public PullNews(Events events, Runnable registered) {
        this.events = events;
        this.registered = registered;
    }

    @Override
    public void accept(PullStatus status) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("job", status.job());
        data.put("reference", status.reference());
        data.put("model", status.model());
        data.put("bytes", status.done());
        switch (status.state()) {
            case RESOLVING, CHECKING, DOWNLOADING ->
                    tell(status, "model.pull_started", Severity.INFO, "is being pulled", data);
            case DONE -> {
                registered.run();
                tell(status, "model.pulled", Severity.INFO, "has come", data);
            }
            case CANCELLED ->
                    tell(status, "model.pull_cancelled", Severity.INFO, "is not pulled on", data);
            case FAILED -> {
                data.put("code", status.code());
                String why = "could not be pulled: " + status.message();
                tell(status, "model.pull_failed", Severity.ERROR, why, data);
            }
        }
    }

    private void tell(
            PullStatus status,
            String type,
            Severity severity,
            String what,
            Map<String, @Nullable Object> data) {
        String name = status.model() == null ? status.reference() : status.model();
        events.emit(type, severity, name, "%s %s".formatted(name, what), data);
    }
}
