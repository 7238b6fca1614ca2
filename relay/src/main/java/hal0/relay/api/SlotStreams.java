package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.http.CancelToken;
import hal0.relay.control.LocalSlotControl;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotJson;
import hal0.relay.control.SlotLine;
import hal0.relay.error.Json;
import hal0.relay.route.Exchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// States and lines of a slot as server-sent events, as they come.
///
/// **Shape** a client that reads slowly misses what it cannot take, and holds up nobody. After some
/// silence a comment keeps what stands between from ending the stream.
final class SlotStreams {

    private final LocalSlotControl slots;
    private final Duration quiet;

    /// `quiet` is how long nothing may be sent.
    SlotStreams(LocalSlotControl slots, Duration quiet) {
        this.slots = slots;
        this.quiet = quiet;
    }

    /// What is sent next: a state or a line; neither at the end.
    record Item(@Nullable SlotInfo state, @Nullable SlotLine line) {
        static final Item END = new Item(null, null);

        byte[] json() {
            return Json.bytes(json -> {
                if (state != null) {
                    SlotJson.write(json, state);
                } else if (line != null) {
                    SlotJson.write(json, line);
                }
            });
        }
    }

    void events(Exchange exchange, String encoded) {
        String name = PathName.decoded(encoded);
        var _ = slots.one(name);
        Ahead items = new Ahead();
        try (var _ =
                slots.running()
                        .onChange(status -> {
                            if (status.name().equals(name)) {
                                var _ = items.offer(new Item(SlotInfo.of(status), null));
                            }
                        })) {
            // Looked at only now: a change before it would be missed, one after it comes too.
            var _ = items.offer(new Item(slots.one(name), null));
            send(exchange, items);
        }
    }

    void logs(Exchange exchange, String name, int lines) {
        var _ = slots.one(name);
        CancelToken cancel = new CancelToken();
        Ahead items = new Ahead();
        try (var _ = exchange.cancel().onCancel(() -> cancel.cancel("the client left"))) {
            Thread.ofVirtual()
                    .name("relay-slot-logs")
                    .start(() -> read(name, lines, cancel, items));
            send(exchange, items);
        } finally {
            cancel.cancel("nobody reads on");
        }
    }

    /// What fails ends the stream: its head has gone out.
    private void read(String name, int lines, CancelToken cancel, Ahead items) {
        Consumer<SlotLine> sink =
                line -> {
                    var _ = items.offer(new Item(null, line));
                };
        try {
            slots.logs(name, lines, true, sink, cancel);
        } finally {
            items.end();
        }
    }

    private void send(Exchange exchange, Ahead items) {
        exchange.status(200)
                .set("Content-Type", "text/event-stream")
                .set("Cache-Control", "no-store")
                .set("X-Accel-Buffering", "no");
        try (OutputStream out = exchange.stream();
                var _ = exchange.cancel().onCancel(items::end)) {
            while (!exchange.cancel().isCancelled()) {
                Item item = items.poll(quiet);
                if (item == null) {
                    out.write(": quiet\n\n".getBytes(UTF_8));
                } else if (item.equals(Item.END)) {
                    return;
                } else {
                    out.write("data: ".getBytes(UTF_8));
                    out.write(item.json());
                    out.write("\n\n".getBytes(UTF_8));
                }
                if (items.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            throw exchange.abort("the client left");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw exchange.abort("the relay is shutting down");
        }
    }
}
