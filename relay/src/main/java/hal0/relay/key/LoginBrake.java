package hal0.relay.key;

import hal0.relay.error.RelayException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/// Slows down who tries out keys to sign in with: after a few wrong ones each further one has to
/// wait, twice as long every time.
///
/// **Shape** by the address of the peer, of IPv6 by its network: who has one address there has them
/// all. A right key ends it. **Errors** [RelayException] 429 `login.too_many` with the time to
/// wait. **Threads** any.
public final class LoginBrake {
    private static final int FREE = 5;
    private static final int MOST_PEERS = 1024;
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);

    private final InstantSource clock;
    private final Map<String, Tries> peers =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Tries> oldest) {
                    return size() > MOST_PEERS;
                }
            };

    private record Tries(int wrong, Instant last) {
        Duration pause() {
            int doublings = Math.min(wrong - FREE, 10);
            Duration pause = doublings < 0 ? Duration.ZERO : Duration.ofSeconds(1L << doublings);
            return pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
        }
    }

    public LoginBrake(InstantSource clock) {
        this.clock = clock;
    }

    /// Whether that peer may try now.
    public synchronized void check(String peer) {
        Tries tries = peers.get(network(peer));
        if (tries == null) {
            return;
        }
        Duration left = Duration.between(clock.instant(), tries.last().plus(tries.pause()));
        if (left.isPositive()) {
            Duration told = left.plusMillis(999).truncatedTo(ChronoUnit.SECONDS);
            throw RelayException.later(
                    429,
                    "login.too_many",
                    "too many wrong keys; try again in %d s".formatted(told.toSeconds()),
                    told);
        }
    }

    public synchronized void wrong(String peer) {
        String from = network(peer);
        Instant now = clock.instant();
        Tries before = peers.remove(from);
        int known =
                before != null && before.last().plus(FORGOTTEN).isAfter(now) ? before.wrong() : 0;
        peers.put(from, new Tries(known + 1, now));
    }

    public synchronized void right(String peer) {
        peers.remove(network(peer));
    }

    private static String network(String peer) {
        try {
            byte[] address = InetAddress.ofLiteral(peer).getAddress();
            return HexFormat.of()
                    .formatHex(address.length == 16 ? Arrays.copyOf(address, 8) : address);
        } catch (IllegalArgumentException _) {
            // Not an address: it is told apart by its text.
            return peer;
        }
    }
}
