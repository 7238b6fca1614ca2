package hal0.relay.testing;

import hal0.relay.testing.RelayFixture.Setup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Measures how long it takes from a client's leaving to the end of the upstream call. A program,
/// not a test: times are reported, not asserted.
public final class CancelLatency {
    private static final int ROUNDS = 200;
    private static final String EVENTS =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

    private CancelLatency() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("hal0-cancel");
        try (RawUpstream upstream = new RawUpstream();
                RelayFixture relay =
                        new RelayFixture(folder, Setup.of(RelayFixture.openAi(upstream).build()))) {
            measure("silent before its head", upstream, relay, RawUpstream.Turn::silence, false);
            measure("silent after its head", upstream, relay, t -> t.send(EVENTS).silence(), false);
            measure(
                    "silent after an event",
                    upstream,
                    relay,
                    t -> t.send(EVENTS).chunk("data: {}\n\n").silence(),
                    true);
        }
    }

    private static void measure(
            String what,
            RawUpstream upstream,
            RelayFixture relay,
            RawUpstream.Script script,
            boolean awaitEvent) {
        long[] micros = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            upstream.then(script);
            long left;
            try (RawClient client = new RawClient(relay.port())) {
                client.send(
                        RawClient.post(
                                "/v1/chat/completions", "{\"model\":\"up/m\",\"stream\":true}"));
                upstream.takeAsked();
                if (awaitEvent) {
                    client.awaitText("{}");
                }
                left = System.nanoTime();
            }
            micros[i] = (upstream.takeLeft() - left) / 1000;
        }
        Arrays.sort(micros);
        System.out.printf(
                "%-24s p50 %6d us   p99 %6d us   max %6d us%n",
                what, micros[ROUNDS / 2], micros[ROUNDS * 99 / 100], micros[ROUNDS - 1]);
    }
}
