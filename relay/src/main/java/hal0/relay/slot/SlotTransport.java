package hal0.relay.slot;

import hal0.providers.Secret;
import hal0.providers.error.Failure;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.ResponseAround;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.relay.routing.SlotAddress;
import hal0.slots.Permit;
import hal0.slots.Slots;
import hal0.slots.Wish;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Calls slots by their address, wherever they listen: waits until the slot lets the call in, and
/// leaves it when the answer is closed, exactly once.
///
/// **Shape** a call without a body, as for a list of models, never loads anything. What is not at a
/// slot goes on untouched. **Errors** `NotReady` of [ProviderException] while a slot is not; that
/// is no fault of a target, and nobody was asked. **Threads** any; the waiter's own.
public final class SlotTransport implements Transport {
    private final Transport transport;
    private final Supplier<Optional<Slots>> slots;
    private final Naming naming;

    /// Names another model in a body.
    public interface Naming {
        Body named(Body body, String model);
    }

    /// `slots` are those of this process, empty while it does not run them.
    public SlotTransport(Transport transport, Supplier<Optional<Slots>> slots, Naming naming) {
        this.transport = transport;
        this.slots = slots;
        this.naming = naming;
    }

    @Override
    public UpstreamResponse send(UpstreamRequest request, CancelToken cancel) {
        Optional<SlotAddress> address = SlotAddress.find(request.uri());
        return address.isEmpty()
                ? transport.send(request, cancel)
                : send(request, address.get(), cancel);
    }

    private UpstreamResponse send(
            UpstreamRequest request, SlotAddress address, CancelToken cancel) {
        Permit permit = entered(request, address, cancel);
        boolean answered = false;
        try {
            UpstreamResponse response = transport.send(told(request, address, permit), cancel);
            if (response.status() >= 400) {
                permit.answered();
            }
            answered = true;
            return new Held(response, permit);
        } finally {
            if (!answered) {
                permit.close();
            }
        }
    }

    private Permit entered(UpstreamRequest request, SlotAddress address, CancelToken cancel) {
        String name = address.slot();
        Failure failure = Failure.unanswered(request.provider().id(), request.model());
        Slots running =
                slots.get()
                        .orElseThrow(() ->
                                SlotErrors.asFailure(
                                        nobodyRuns(name), name, Optional.empty(), failure));
        try {
            if (request.body() == null && !isUp(running, name)) {
                throw SlotException.of(
                        SlotProblem.LOADING,
                        "the slot \"%s\" is not loaded, and looking at it does not load it. Load it with: hal0 slots load %s"
                                .formatted(name, name));
            }
            return entered(running, wish(request, address), cancel);
        } catch (SlotException e) {
            throw SlotErrors.asFailure(e, name, running.find(name), failure);
        }
    }

    private static Wish wish(UpstreamRequest request, SlotAddress address) {
        @Nullable String model =
                address.any() || request.model().isEmpty() ? null : request.model();
        return new Wish(address.slot(), model, LoadWait.current().now());
    }

    private static Permit entered(Slots running, Wish wish, CancelToken cancel) {
        try (var _ = LoadWait.current().begin(() -> state(running, wish.slot()))) {
            return running.enter(wish, cancel);
        }
    }

    private static SlotException nobodyRuns(String name) {
        return SlotException.of(
                SlotProblem.RUNTIME_UNAVAILABLE,
                "the slot \"%s\" is run by a relay, and none runs in this home. Start one with: hal0 serve"
                        .formatted(name));
    }

    private static boolean isUp(Slots running, String name) {
        return running.find(name).filter(slot -> slot.state().isReady()).isPresent();
    }

    /// Such as `pulling`, with what the slot says of it.
    private static String state(Slots running, String name) {
        return running.find(name)
                .map(slot ->
                        slot.message().isEmpty()
                                ? slot.state().word()
                                : slot.state().word() + ", " + slot.message())
                .orElse("gone");
    }

    /// The request as the server behind the slot gets it.
    private UpstreamRequest told(UpstreamRequest request, SlotAddress address, Permit permit) {
        Headers headers = request.headers();
        Secret key = permit.key();
        if (key != null) {
            Headers.Builder more = Headers.builder();
            headers.forEach(more::add);
            headers = more.set("Authorization", "Bearer " + key.value()).build();
        }
        String model = permit.model();
        Body body = request.body();
        boolean renamed = model != null && address.any() && !model.equals(request.model());
        return new UpstreamRequest(
                request.provider(),
                renamed && model != null ? model : request.model(),
                request.method(),
                URI.create(permit.endpoint() + address.rest()),
                headers,
                renamed && body != null && model != null ? naming.named(body, model) : body,
                request.streamed());
    }

    @Override
    public void close() {
        transport.close();
    }

    /// An answer that leaves the slot when it is closed. Its head is no sign of life yet: some
    /// servers send that before they have looked at the prompt.
    private record Held(UpstreamResponse response, Permit permit) implements ResponseAround {
        @Override
        public int read(byte[] buffer, int offset, int length) {
            int read = response.read(buffer, offset, length);
            permit.answered();
            return read;
        }

        @Override
        public byte[] readAll(long limit) {
            byte[] all = response.readAll(limit);
            permit.answered();
            return all;
        }

        @Override
        public void abort() {
            try {
                response.abort();
            } finally {
                permit.close();
            }
        }

        @Override
        public void close() {
            try {
                response.close();
            } finally {
                permit.close();
            }
        }
    }
}
