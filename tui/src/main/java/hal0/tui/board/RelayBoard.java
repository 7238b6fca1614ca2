package hal0.tui.board;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.relay.approval.Approval;
import hal0.relay.control.RelayStatus;
import hal0.relay.control.RequestInfo;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.state.Place;
import hal0.tui.text.Cells;
import hal0.tui.text.Role;
import hal0.tui.text.Span;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The relay: where it listens, and what it is asked.
public final class RelayBoard {
    private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter BEFORE = DateTimeFormatter.ofPattern("MM-dd HH:mm");
    private static final int WIDEST_NAME = 30;

    private static final List<Column> COLUMNS =
            List.of(
                    Column.left("time", 0),
                    Column.left("client", 1),
                    Column.left("asked for", 6),
                    Column.left("answered by", 0),
                    Column.right("tokens", 2),
                    Column.right("cost", 3),
                    Column.right("first", 7),
                    Column.right("took", 4),
                    Column.right("own µs", 9),
                    Column.left("outcome", 0));

    private RelayBoard() {}

    /// What is known of it; `waiting` are the calls that wait for the owner's word.
    public record Known(RelayStatus status, List<RequestInfo> requests, List<Approval> waiting) {
        public Known {
            requests = List.copyOf(requests);
            waiting = List.copyOf(waiting);
        }
    }

    public static Content of(Known known, Instant now, ZoneId zone) {
        List<Line> lines = new ArrayList<>();
        if (!known.waiting().isEmpty()) {
            lines.add(new Line.Head("approvals waiting"));
            known.waiting().forEach(approval -> lines.add(waiting(approval, now)));
            lines.add(new Line.Head("requests"));
        }
        for (RequestInfo request : known.requests()) {
            lines.add(row(request, now, zone));
        }
        if (known.requests().isEmpty()) {
            lines.add(Text.dim("Nothing was asked yet."));
        }
        return new Content(COLUMNS, lines, head(known.status(), now));
    }

    private static Line waiting(Approval approval, Instant now) {
        List<Span> cells = new ArrayList<>();
        Duration age = Duration.between(approval.askedAt(), now);
        cells.add(Board.cell("? " + Figures.span(age), Role.NOTICE));
        cells.add(Board.cell(brief(approval.asker())));
        cells.add(Board.cell(brief(approval.summary())));
        cells.add(Board.cell(brief(approval.tool()), Role.NOTICE));
        while (cells.size() < COLUMNS.size() - 1) {
            cells.add(Board.cell(""));
        }
        cells.add(Board.cell("waits", Role.NOTICE));
        return new Line.Row(
                "approval " + approval.id(),
                cells,
                List.of(
                        Act.open(
                                Act.ENTER,
                                "opens it",
                                new Place(Place.Kind.APPROVAL, approval.id())),
                        Act.of('y', "approves it", decide(approval, true)),
                        Act.of('n', "denies it", decide(approval, false))),
                approval.summary());
    }

    private static Effect.Work decide(Approval approval, boolean approve) {
        return new Effect.Alter(new Change.Decide(approval.id(), approve));
    }

    private static String head(RelayStatus status, Instant now) {
        if (status.address() == null) {
            return "This hal0 does not listen; its own requests are here all the same.";
        }
        return "%s%s · up %s · %d in flight · %s answered"
                .formatted(
                        status.address(),
                        status.attached() ? " (another hal0)" : "",
                        Figures.span(Duration.between(status.since(), now)),
                        status.inFlight(),
                        Figures.grouped(status.requests()));
    }

    private static Line row(RequestInfo request, Instant now, ZoneId zone) {
        LedgerRow row = request.row();
        List<Span> cells = new ArrayList<>();
        cells.add(
                row == null
                        ? Board.cell("▸ " + Figures.millis(request.runningMs()), Role.ACCENT)
                        : Board.cell(time(request.at(), now, zone), Role.DIM));
        cells.add(Board.cell(brief(request.client())));
        String asked = request.requested();
        cells.add(Board.cell(asked.isEmpty() ? "(the active one)" : brief(asked)));
        int tries = row == null ? request.tries().size() : row.attempts();
        cells.add(answering(request.target(), tries));
        cells.add(Board.cell(row == null ? "" : tokens(row)));
        cells.add(Board.cell(row == null ? "" : cost(row)));
        cells.add(
                Board.cell(
                        row == null || row.firstTokenMs() < 0
                                ? ""
                                : Figures.millis(row.firstTokenMs())));
        cells.add(Board.cell(row == null ? "" : Figures.millis(row.latencyMs())));
        cells.add(Board.cell(row == null ? "" : Figures.grouped(row.overheadUs()), Role.DIM));
        cells.add(
                row == null
                        ? Board.cell(tries == 0 ? "waiting" : "answering", Role.ACCENT)
                        : Board.cell(outcome(row), role(row)));
        return new Line.Row(
                request.id() + "@" + request.at().toEpochMilli(),
                cells,
                List.of(Act.open('o', "opens it", new Place(Place.Kind.REQUEST, request.id()))));
    }

    /// How often it was tried stands beside who was tried last.
    private static Span answering(String target, int tries) {
        if (target.isEmpty()) {
            return Board.cell("–", Role.DIM);
        }
        return tries > 1
                ? Board.cell(brief(target) + " ×" + tries, Role.NOTICE)
                : Board.cell(brief(target));
    }

    private static String brief(String name) {
        return Cells.ellipsis(name, WIDEST_NAME);
    }

    static String time(Instant at, Instant now, ZoneId zone) {
        LocalDate day = at.atZone(zone).toLocalDate();
        boolean today = day.equals(now.atZone(zone).toLocalDate());
        return (today ? TODAY : BEFORE).format(at.atZone(zone));
    }

    /// Failed ones cost nothing as a rule, and then there is nothing to say.
    private static String cost(LedgerRow row) {
        boolean nothing =
                row.outcome() == Outcome.FAILED
                        && (row.costUsd() == null || row.costUsd().signum() == 0);
        return nothing ? "" : Figures.cost(row);
    }

    /// What went in, cached or not, and what came out.
    private static String tokens(LedgerRow row) {
        long in = row.inputTokens() + row.cacheReadTokens() + row.cacheWriteTokens();
        return in == 0 && row.outputTokens() == 0
                ? ""
                : Figures.compact(in) + "→" + Figures.compact(row.outputTokens());
    }

    static String outcome(LedgerRow row) {
        String error = row.errorKind();
        return row.outcome() == Outcome.FAILED && error != null
                ? error.replace('_', ' ')
                : row.outcome().name().toLowerCase(Locale.ROOT);
    }

    static Role role(LedgerRow row) {
        return switch (row.outcome()) {
            case ANSWERED -> Role.ADDED;
            case RESCUED, CANCELLED -> Role.NOTICE;
            case FAILED -> Role.ERROR;
        };
    }
}
