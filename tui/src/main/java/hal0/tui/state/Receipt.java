package hal0.tui.state;

import hal0.providers.event.Usage;
import hal0.providers.price.Money;
import hal0.tui.state.Sheet.Line;
import hal0.tui.text.Digits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was used and what that cost, in words. Pure.
public final class Receipt {
    private Receipt() {}

    /// One line for a turn; null where nobody answered in it.
    public static @Nullable String line(Bill bill, int seconds) {
        Used turn = bill.turn();
        if (turn.answers() == 0) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        if (bill.model() != null) {
            parts.add(bill.model());
        }
        if (seconds > 0) {
            parts.add(seconds + " s");
        }
        if (turn.uncounted() == turn.answers()) {
            parts.add("tokens not counted");
        } else {
            parts.add(read(turn.usage()));
            parts.add(count(turn.usage().output()) + " out");
        }
        parts.add(turn.spend().label(true));
        String saved = saved(turn.saved());
        if (saved != null) {
            parts.add(saved);
        }
        return String.join(" · ", parts);
    }

    /// One line for a turn that was given up before anybody answered.
    static String unanswered(@Nullable Active asked, int seconds) {
        List<String> parts = new ArrayList<>();
        if (asked != null) {
            parts.add(asked.name());
        }
        if (seconds > 0) {
            parts.add(seconds + " s");
        }
        parts.add("no answer");
        if (asked == null || !asked.local()) {
            parts.add("cost not known");
        }
        return String.join(" · ", parts);
    }

    private static String read(Usage usage) {
        String all = count(usage.totalInput()) + " in";
        return usage.cacheRead() == 0 ? all : all + " (" + count(usage.cacheRead()) + " cached)";
    }

    private static @Nullable String saved(BigDecimal saved) {
        return switch (saved.signum()) {
            case 1 -> "caching saved " + Money.format(saved);
            case -1 -> "writing the cache cost " + Money.format(saved.negate()) + " more";
            default -> null;
        };
    }

    private static String count(long tokens) {
        return Digits.grouped(tokens);
    }

    /// A session by model and kind of token.
    static Sheet tokens(Session session) {
        List<Line> lines = new ArrayList<>();
        Used all = Used.NONE;
        for (Map.Entry<String, Used> each : session.progress().bill().models().entrySet()) {
            lines.add(Line.head(each.getKey()));
            lines.addAll(kinds(each.getValue()));
            all = plus(all, each.getValue());
        }
        if (lines.isEmpty()) {
            lines.add(Line.dim("nobody has answered yet"));
        } else if (session.progress().bill().models().size() > 1) {
            lines.add(Line.head("all models"));
            lines.addAll(kinds(all));
        }
        Active active = session.active();
        boolean local = active != null && active.local();
        lines.add(Line.plain(""));
        lines.add(Line.plain("this session: " + session.spend().label(local)));
        if (session.spend().usd().compareTo(all.spend().usd()) > 0) {
            BigDecimal rest = session.spend().usd().subtract(all.spend().usd());
            lines.add(Line.dim(Money.format(rest) + " of it for turns that were taken back"));
        }
        if (all.uncounted() > 0) {
            lines.add(
                    Line.dim(
                            (all.uncounted() == 1 ? "1 answer" : all.uncounted() + " answers")
                                    + " came without a count: the sums are too low"));
        }
        return Sheet.of("Tokens of this session", lines);
    }

    private static List<Line> kinds(Used used) {
        Usage usage = used.usage();
        List<Line> lines = new ArrayList<>();
        lines.add(line("answers", used.answers()));
        lines.add(line("input", usage.input()));
        lines.add(line("from cache", usage.cacheRead()));
        if (usage.cacheWrite() > 0) {
            lines.add(line("into cache", usage.cacheWrite()));
        }
        lines.add(line("output", usage.output()));
        if (usage.reasoning() > 0) {
            lines.add(line("of it thinking", usage.reasoning()));
        }
        String saved = saved(used.saved());
        String cost = used.spend().label(true) + (saved == null ? "" : " · " + saved);
        lines.add(Line.plain("  %-15s %12s".formatted("cost", cost)));
        return lines;
    }

    private static Line line(String name, long tokens) {
        return Line.plain("  %-15s %12s".formatted(name, count(tokens)));
    }

    private static Used plus(Used one, Used other) {
        return new Used(
                one.answers() + other.answers(),
                one.uncounted() + other.uncounted(),
                one.usage().plus(other.usage()),
                one.spend().plus(other.spend()),
                one.saved().add(other.saved()));
    }
}
