package hal0.cli.approvals;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Listing;
import hal0.relay.approval.Approval;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 approvals`: what waits for the owner's word.
@Command(
        name = "approvals",
        aliases = "approval",
        description = {
            "List the calls of agents that wait for your approval; approve or deny them.",
            "They wait an hour at most, in the hal0 that runs, and end with it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 approvals",
            "  hal0 approvals approve appr_1c9d24f07be35a68",
            "  hal0 approvals --all --json"
        })
public final class ApprovalsCommand implements Runnable {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Console console;
    private final HomeOptions home;

    @Option(names = "--all", description = "Those that are decided or over too.")
    private boolean all;

    @Option(names = "--json", description = "One JSON array, with arguments and outcomes.")
    private boolean json;

    private ApprovalsCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new ApprovalsCommand(console, home));
        group.addSubcommand(new DecideCommand.Approve(console, home));
        group.addSubcommand(new DecideCommand.Deny(console, home));
        return group;
    }

    @Override
    public void run() {
        try (Desk desk = Desk.open(home)) {
            List<Approval> shown =
                    desk.all().stream().filter(each -> all || each.isWaiting()).toList();
            (json ? forPrograms(shown) : forPeople(shown)).print(console, json);
            if (shown.isEmpty() && !json) {
                console.err().println(all ? "Nothing was asked for yet." : "Nothing waits.");
            }
        }
    }

    private static Listing forPrograms(List<Approval> approvals) {
        Listing listing =
                new Listing(
                        "id",
                        "state",
                        "tool",
                        "summary",
                        "asker",
                        "arguments",
                        "asked_at",
                        "expires_at",
                        "decided_by",
                        "decided_at",
                        "outcome");
        for (Approval each : approvals) {
            listing.row(
                    each.id(),
                    each.state().word(),
                    each.tool(),
                    each.summary(),
                    each.asker(),
                    each.arguments(),
                    each.askedAt().toString(),
                    each.expiresAt().toString(),
                    each.decidedBy(),
                    text(each.decidedAt()),
                    each.outcome());
        }
        return listing;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static Listing forPeople(List<Approval> approvals) {
        Listing listing = new Listing("id", "state", "asker", "until", "what");
        for (Approval each : approvals) {
            listing.row(
                    each.id(),
                    each.state().word(),
                    each.asker(),
                    TIME.format(each.expiresAt()),
                    each.summary());
        }
        return listing;
    }
}
