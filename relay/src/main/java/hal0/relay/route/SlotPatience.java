package hal0.relay.route;

import hal0.providers.message.Protocol;
import hal0.providers.prelude.Prelude;
import hal0.relay.answer.Reply;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.DispatcherSettings;
import hal0.relay.error.RelayException;
import hal0.relay.routing.SlotAddress;
import hal0.relay.slot.LoadWait;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How long a client waits for a slot that is not loaded: as `[dispatcher] wait_for_load_s` says,
/// or its own header `x-hal0-wait`; and what it hears while it waits for an answer.
///
/// **Threads** any.
public final class SlotPatience {
    static final String HEADER = "x-hal0-wait";

    /// Beyond which a stream is begun before it is answered.
    private static final Duration SILENT = Duration.ofSeconds(10);

    private static final long MOST_SECONDS = 3600;

    private final Supplier<DispatcherSettings> settings;
    private final Duration silent;

    public SlotPatience(Supplier<DispatcherSettings> settings) {
        this(settings, SILENT);
    }

    /// `silent` is how long a stream may take before its head goes out.
    public SlotPatience(Supplier<DispatcherSettings> settings, Duration silent) {
        this.settings = settings;
        this.silent = silent;
    }

    /// Whether that client hears of tries that come to nothing.
    static boolean hears(Exchange exchange) {
        return Prelude.isHeard(exchange.header(Prelude.HEADER));
    }

    /// Answers with the patience that holds; `reply` is where the answer goes. Where no slot is
    /// asked and the client hears of no tries, nothing is added.
    ///
    /// **Errors** [RelayException] 400 for a header that is no number of seconds.
    void around(Asked asked, Reply reply, Consumer<Reply> answering) {
        boolean slot =
                asked.decision().targets().stream()
                        .anyMatch(target -> SlotAddress.isSlot(target.provider()));
        boolean heard = asked.streamed() && hears(asked.exchange());
        if (!slot && !heard) {
            answering.accept(reply);
            return;
        }
        @Nullable Duration named = slot ? named(asked.header()) : null;
        Duration patience = named == null ? settings.get().waitForLoad() : named;
        boolean told = slot && asked.streamed() && patience.compareTo(silent) > 0;
        if (!told && !heard) {
            new LoadWait(patience, named != null, null).around(() -> answering.accept(reply));
            return;
        }
        EarlyReply early = new EarlyReply(reply, asked, silent, heard);
        try {
            if (slot) {
                new LoadWait(patience, named != null, told ? early : null)
                        .around(() -> answering.accept(early));
            } else {
                answering.accept(early);
            }
        } catch (RelayException e) {
            if (!early.isBegun()) {
                throw e;
            }
            early.fail(e);
        }
    }

    /// A request, where it goes, and whether comments can go out before its answer.
    record Asked(Exchange exchange, Decision decision, Protocol protocol, boolean streamed) {
        @Nullable String header() {
            return exchange.header(HEADER);
        }
    }

    private static @Nullable Duration named(@Nullable String header) {
        if (header == null) {
            return null;
        }
        if (!header.strip().matches("\\d{1,6}(\\.\\d{1,3})?")) {
            throw RelayException.of(
                    400,
                    "request.invalid",
                    "%s has to be a number of seconds, such as 0, 2.5 or 60".formatted(HEADER));
        }
        double seconds = Math.min(MOST_SECONDS, Double.parseDouble(header.strip()));
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
