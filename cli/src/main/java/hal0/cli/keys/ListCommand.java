package hal0.cli.keys;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.cli.console.Logs;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.providers.price.Money;
import hal0.relay.key.KeyInfo;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 keys list`: which keys there are, and what they may and did; never the keys.
@Command(
        name = "list",
        description = "Show the keys, their limits and what was spent with each.",
        mixinStandardHelpOptions = true,
        footer = {"", "Examples:", "  hal0 keys list", "  hal0 keys list --all --json"})
final class ListCommand implements Runnable {
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private final Console console;
    private final HomeOptions home;

    @Option(names = "--all", description = "Those that are revoked too.")
    private boolean all;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    ListCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public void run() {
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        try (Hal0 hal0 = Hal0.open(configuration)) {
            List<KeyInfo> keys =
                    hal0.keys().list().stream().filter(key -> all || !key.isRevoked()).toList();
            Listing listing = json ? forPrograms(keys) : forPeople(keys);
            listing.print(console, json);
            if (listing.isEmpty() && !json) {
                console.err()
                        .println(
                                "There is no key, and on this machine none is needed. Make one with: hal0 keys create NAME");
            }
        }
    }

    private static Listing forPrograms(List<KeyInfo> keys) {
        Listing listing =
                new Listing(
                        "id",
                        "name",
                        "hint",
                        "scope",
                        "models",
                        "rpm",
                        "tpm",
                        "budget_usd",
                        "spent_usd",
                        "launch",
                        "created_at",
                        "last_used_at",
                        "revoked_at");
        for (KeyInfo key : keys) {
            listing.row(
                    key.id(),
                    key.name(),
                    key.hint(),
                    key.scope().word(),
                    key.allowance().models(),
                    key.allowance().rpm(),
                    key.allowance().tpm(),
                    key.allowance().budgetUsd(),
                    key.spentUsd(),
                    key.launch(),
                    text(key.createdAt()),
                    text(key.lastUsedAt()),
                    text(key.revokedAt()));
        }
        return listing;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    private static Listing forPeople(List<KeyInfo> keys) {
        Listing listing =
                new Listing(
                        "name",
                        "key",
                        "scope",
                        "models",
                        "rpm",
                        "tpm",
                        "spent",
                        "budget",
                        "last_used",
                        "state");
        for (KeyInfo key : keys) {
            listing.row(
                    key.name(),
                    key.hint(),
                    key.scope().word(),
                    key.allowance().models().isEmpty()
                            ? "all"
                            : String.join(",", key.allowance().models()),
                    key.allowance().rpm(),
                    key.allowance().tpm(),
                    money(key.spentUsd()),
                    money(key.allowance().budgetUsd()),
                    minute(key.lastUsedAt()),
                    state(key));
        }
        return listing;
    }

    private static Cell money(@Nullable BigDecimal usd) {
        return new Cell(usd, usd == null ? "-" : Money.format(usd));
    }

    private static String minute(@Nullable Instant time) {
        return time == null ? "never" : MINUTE.format(time.atZone(ZoneId.systemDefault()));
    }

    private static String state(KeyInfo key) {
        if (key.isRevoked()) {
            return "revoked";
        }
        return key.launch() ? "launch" : "in use";
    }
}
