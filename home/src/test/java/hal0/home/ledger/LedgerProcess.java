package hal0.home.ledger;

import hal0.home.store.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/// A process of its own for [LedgerJournalTest], with a home in its first argument. `record` writes
/// rows until it is killed, and each one's request id on its output once the row is recorded;
/// `large` records a row of many bytes between two others, and waits; `announce` announces two
/// rows, changes one, and waits; a number records so many and ends.
final class LedgerProcess {
    private LedgerProcess() {}

    public static void main(String[] args) {
        Path home = Path.of(args[0]);
        try (Database database = Database.at(home.resolve("data/hal0.db"));
                SqlLedger ledger = SqlLedger.open(database, home.resolve("journal"))) {
            switch (args[1]) {
                case "record" -> {
                    for (int i = 0; ; i++) {
                        String id = args[2] + "-" + i;
                        ledger.record(row(id, Outcome.ANSWERED));
                        System.out.println(id);
                    }
                }
                case "announce" -> {
                    ledger.announce(row("kept", Outcome.ANSWERED));
                    Ledger.Announced other = ledger.announce(row("changed", Outcome.ANSWERED));
                    other.again(row("changed", Outcome.CANCELLED));
                    System.out.println("announced");
                    LockSupport.park();
                }
                case "large" -> {
                    ledger.record(row("first", Outcome.ANSWERED));
                    ledger.record(row("large", "m".repeat(300_000), Outcome.ANSWERED));
                    ledger.record(row("last", Outcome.ANSWERED));
                    System.out.println("recorded");
                    LockSupport.park();
                }
                default -> {
                    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                        ledger.record(row("r-" + i, Outcome.ANSWERED));
                    }
                }
            }
        }
    }

    static LedgerRow row(String id, Outcome outcome) {
        return row(id, "m", outcome);
    }

    private static LedgerRow row(String id, String requestedModel, Outcome outcome) {
        return new LedgerRow(
                id,
                Instant.EPOCH,
                "relay",
                null,
                null,
                "openai",
                requestedModel,
                "p",
                "m",
                outcome,
                null,
                200,
                1,
                true,
                10,
                5,
                3,
                2,
                1,
                null,
                false,
                100,
                10,
                50);
    }
}
