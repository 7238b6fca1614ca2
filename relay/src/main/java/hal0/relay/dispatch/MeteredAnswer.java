package hal0.relay.dispatch;

import hal0.home.error.ErrorKind;
import hal0.providers.Answer;
import hal0.providers.ChatStream;
import hal0.providers.error.ProviderException;
import hal0.providers.event.StreamEvent;
import hal0.providers.event.Usage;
import hal0.providers.price.Cost;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An answer whose course the meter follows.
///
/// **Shape** where another target goes on with it, that one is its provider and model from there
/// on, and usage is that of both.
final class MeteredAnswer implements Answer {
    private final String requestId;
    private final Target opened;
    private final ChatStream stream;
    private final Meter meter;
    private long shown = System.nanoTime(); // when the last event went to who asks

    MeteredAnswer(String requestId, Target opened, ChatStream stream, Meter meter) {
        this.requestId = requestId;
        this.opened = opened;
        this.stream = stream;
        this.meter = meter;
    }

    @Override
    public @Nullable StreamEvent next() {
        try {
            StreamEvent event = stream.next();
            // The reader took its time, then the provider.
            meter.waits().since(shown);
            StreamEvent told = event == null ? null : followed(event);
            shown = System.nanoTime();
            return told;
        } catch (ProviderException e) {
            meter.failed(e);
            throw e;
        } catch (RuntimeException e) {
            // Else closing the answer, which follows, would call it a cancel.
            meter.failed(ErrorKind.INTERNAL);
            throw e;
        }
    }

    private StreamEvent followed(StreamEvent event) {
        switch (event) {
            case StreamEvent.Started(_, var model) -> {
                meter.status(200);
                meter.answeredBy(model);
            }
            case StreamEvent.TextDelta _,
                    StreamEvent.ThinkingDelta _,
                    StreamEvent.ThinkingSignature _,
                    StreamEvent.RedactedThinking _,
                    StreamEvent.OpaquePart _,
                    StreamEvent.ToolCallDelta _ ->
                    meter.firstToken();
            case StreamEvent.UsageReport(Usage usage) -> {
                meter.usage(usage);
                return new StreamEvent.UsageReport(meter.usageInAll());
            }
            case StreamEvent.Done _ -> meter.answered();
        }
        return event;
    }

    @Override
    public void close() {
        meter.waits().since(shown);
        try {
            stream.close();
        } finally {
            // Closed before its end is a cancel; after it, this says nothing any more.
            meter.cancelled();
        }
    }

    @Override
    public String requestId() {
        return requestId;
    }

    private Target target() {
        return Objects.requireNonNullElse(meter.target(), opened);
    }

    @Override
    public String provider() {
        return target().provider().id();
    }

    @Override
    public String model() {
        return target().model();
    }

    @Override
    public Cost cost(Usage usage) {
        return meter.cost(target(), usage);
    }

    @Override
    public Cost estimate() {
        return meter.estimate();
    }
}
