package hal0.home.ledger;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/// Ids of rows: unlike those of any other process, and growing, so that a table by id is only ever
/// appended to.
///
/// **Shape** the time of this object's making, eight random bytes, a counter; all in hexadecimal.
/// **Threads** any.
final class RowIds {
    private static final long FIRST = 1L << 40;

    private final String prefix;
    private final AtomicLong next = new AtomicLong(FIRST);

    RowIds(Instant made) {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        HexFormat hex = HexFormat.of();
        prefix = hex.toHexDigits(made.toEpochMilli(), 12) + '-' + hex.formatHex(random) + '-';
    }

    String next() {
        return prefix + HexFormat.of().toHexDigits(next.getAndIncrement(), 11);
    }
}
