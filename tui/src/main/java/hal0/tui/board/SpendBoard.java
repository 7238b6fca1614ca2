package hal0.tui.board;

import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import hal0.providers.price.Money;
import hal0.providers.price.Price;
import hal0.relay.control.Requests;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.text.Role;
import hal0.tui.text.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was spent: in this session by kind of token, and before by day, model, provider and client.
public final class SpendBoard {
    private static final int BAR = 16;

    private static final List<Column> KINDS =
            List.of(
                    Column.left("", 0),
                    Column.right("tokens", 1),
                    Column.right("per 1M", 2),
                    Column.right("cost", 0),
                    Column.left("", 3));

    private static final List<Column> BARS =
            List.of(
                    Column.left("", 0),
                    Column.right("requests", 4),
                    Column.right("tokens", 2),
                    Column.right("cached", 3),
                    Column.right("cost", 0),
                    Column.left("", 1));

    private SpendBoard() {}

    /// What is spent by this session, and where it stands among all.
    ///
    /// **Shape** `prices` by `provider/model`, as far as they are known; `others` are the clients
    /// of the last hour but this one.
    public record Session(
            List<Tally> models,
            Map<String, Price> prices,
            Tally today,
            Tally month,
            Requests.Limits budget,
            List<Tally> others) {
        public Session {
            models = List.copyOf(models);
            prices = Map.copyOf(prices);
            others = List.copyOf(others);
        }
    }

    public static Content session(Session spent) {
        List<Line> lines = new ArrayList<>();
        spent.models()
                .forEach(model -> {
                    Price price =
                            spent.prices()
                                    .getOrDefault(String.valueOf(model.name()), Price.UNKNOWN);
                    lines.addAll(TokenKinds.of(model, price));
                });
        if (spent.models().isEmpty()) {
            lines.add(Text.dim("Nothing was asked in this session yet."));
        }
        Tally session = spent.models().stream().reduce(Tally.none(""), Tally::plus);
        lines.add(Text.head("in all"));
        lines.add(sum("this session", session));
        lines.add(sum("today", spent.today()));
        lines.add(sum("this month", spent.month()));
        budget(lines, spent, session);
        if (!spent.others().isEmpty()) {
            lines.add(Text.head("others in the last hour"));
            spent.others().forEach(other -> lines.add(sum(name(other), other)));
        }
        return new Content(KINDS, lines, null);
    }

    private static Line sum(String name, Tally tally) {
        return row(
                name,
                Board.cell(name),
                Board.cell(Figures.grouped(tally.tokens())),
                Board.cell(""),
                Board.cell(Figures.cost(tally)),
                Board.cell(
                        "%d %s"
                                .formatted(
                                        tally.requests(),
                                        tally.requests() == 1 ? "request" : "requests"),
                        Role.DIM));
    }

    static Line row(String id, Span... cells) {
        return new Line.Row(id, List.of(cells), List.of());
    }

    private static void budget(List<Line> lines, Session spent, Tally session) {
        Requests.Limits budget = spent.budget();
        lines.add(Text.head("budget"));
        if (budget.isNone()) {
            lines.add(Text.dim("No limit is set; day_usd under [budget] in config.toml sets one."));
            return;
        }
        left(lines, "of the day", budget.day(), spent.today().costUsd());
        left(lines, "of this session", budget.session(), session.costUsd());
        if (budget.turn().signum() > 0) {
            lines.add(Text.fact("of a turn", Money.format(budget.turn()) + " at most"));
        }
    }

    private static void left(List<Line> lines, String name, BigDecimal limit, BigDecimal spent) {
        if (limit.signum() == 0) {
            return;
        }
        BigDecimal left = limit.subtract(spent).max(BigDecimal.ZERO);
        double part = spent.doubleValue() / limit.doubleValue();
        Role role = part >= 1 ? Role.ERROR : part >= 0.8 ? Role.NOTICE : Role.ADDED;
        String bar = Figures.bar(Math.min(1, part), BAR / 2);
        lines.add(
                new Line.Words(
                        List.of(
                                Board.cell(name + " ".repeat(Math.max(1, 16 - name.length()))),
                                Board.cell(bar + "░".repeat(BAR / 2 - bar.length()), role),
                                Board.cell(
                                        " %s left of %s"
                                                .formatted(
                                                        Money.format(left),
                                                        Money.format(limit))))));
    }

    /// One line a group, with a bar as long as its share of the largest: by cost, or by tokens
    /// where nothing is known to have cost anything.
    public static Content groups(Grouping by, List<Tally> tallies, String note) {
        List<Line> lines = new ArrayList<>();
        Tally total = tallies.stream().reduce(Tally.none("total"), Tally::plus);
        boolean byCost = total.costUsd().signum() > 0;
        double largest =
                tallies.stream().mapToDouble(each -> measure(each, byCost)).max().orElse(0);
        lines.add(Text.dim(note + (byCost ? "; bars by cost" : "; bars by tokens")));
        for (Tally each : by == Grouping.DAY ? tallies.reversed() : tallies) {
            double part = largest == 0 ? 0 : measure(each, byCost) / largest;
            lines.add(line(name(each), each, Figures.bar(part, BAR)));
        }
        if (tallies.isEmpty()) {
            lines.add(Text.dim("Nothing was spent."));
        } else {
            lines.add(line("total", total, ""));
        }
        if (total.unpriced() > 0) {
            lines.add(
                    Text.dim(
                            "n/a: the price of %s is not known; the sums leave them out."
                                    .formatted(
                                            total.unpriced() == 1
                                                    ? "1 answer"
                                                    : total.unpriced() + " answers")));
        }
        return new Content(BARS, lines, null);
    }

    /// The last seven and all of these days; the newest is the last.
    public static String weeks(List<Tally> days) {
        Tally all = days.stream().reduce(Tally.none(""), Tally::plus);
        Tally week =
                days.subList(Math.max(0, days.size() - 7), days.size()).stream()
                        .reduce(Tally.none(""), Tally::plus);
        return "last 7 days %s · last %d days %s"
                .formatted(Figures.cost(week), days.size(), Figures.cost(all));
    }

    private static double measure(Tally tally, boolean byCost) {
        return byCost ? tally.costUsd().doubleValue() : tally.tokens();
    }

    private static String name(Tally tally) {
        return tally.name() == null ? "(none)" : tally.name();
    }

    private static Line line(String name, Tally tally, String bar) {
        if (tally.requests() == 0) {
            Span none = Board.cell("");
            return row(name, Board.cell(name, Role.DIM), none, none, none, none, none);
        }
        return row(
                name,
                Board.cell(name),
                Board.cell(Figures.grouped(tally.requests()), Role.DIM),
                Board.cell(Figures.compact(tally.tokens())),
                Board.cell(cached(tally), Role.DIM),
                Board.cell(Figures.cost(tally)),
                Board.cell(bar, Role.ACCENT));
    }

    /// The part of the input that came from a cache.
    private static String cached(Tally tally) {
        @Nullable Long part = TokenKinds.cachedPercent(tally);
        return part == null ? "" : part + " %";
    }
}
