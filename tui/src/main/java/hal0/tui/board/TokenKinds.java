package hal0.tui.board;

import hal0.home.ledger.Tally;
import hal0.providers.price.Money;
import hal0.providers.price.Price;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Line;
import hal0.tui.text.Role;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The tokens of one model by kind, what each kind costs by its list, and what the cache saved.
///
/// **Shape** the sum is what the ledger has: an answer may have been billed by a tier or by what
/// its provider reported, which a list does not say.
final class TokenKinds {
    private TokenKinds() {}

    static List<Line> of(Tally model, Price price) {
        String name = String.valueOf(model.name());
        boolean local = model.local() > 0 && model.priced() == 0 && model.unpriced() == 0;
        List<Line> lines = new ArrayList<>();
        lines.add(Text.head(name));
        lines.add(kind(name, "input", model.inputTokens(), price.input(), local));
        add(lines, name, "cached read", model.cacheReadTokens(), price.cachedInput(), local);
        add(lines, name, "cache write", model.cacheWriteTokens(), price.cacheWrite(), local);
        // Reasoning is part of the output, and paid for as such.
        long said = Math.max(0, model.outputTokens() - model.reasoningTokens());
        lines.add(kind(name, "output", said, price.output(), local));
        add(lines, name, "reasoning", model.reasoningTokens(), price.output(), local);
        lines.add(
                SpendBoard.row(
                        name + " sum",
                        Board.cell("billed", Role.ACCENT),
                        Board.cell(Figures.grouped(model.tokens())),
                        Board.cell(""),
                        Board.cell(Figures.cost(model), Role.ACCENT),
                        Board.cell("")));
        if (model.cacheReadTokens() > 0 && !local) {
            lines.add(Line.words("caching " + saved(model, price), Role.ADDED));
        }
        return lines;
    }

    private static void add(
            List<Line> lines,
            String model,
            String kind,
            long tokens,
            @Nullable BigDecimal price,
            boolean local) {
        if (tokens > 0) {
            lines.add(kind(model, kind, tokens, price, local));
        }
    }

    private static Line kind(
            String model, String kind, long tokens, @Nullable BigDecimal price, boolean local) {
        String cost =
                local
                        ? "local"
                        : price == null
                                ? (tokens == 0 ? "" : "n/a")
                                : Money.format(perMillion(tokens, price));
        return SpendBoard.row(
                model + " " + kind,
                Board.cell("  " + kind),
                Board.cell(Figures.grouped(tokens)),
                Board.cell(local || price == null ? "" : Money.format(price), Role.DIM),
                Board.cell(cost),
                Board.cell(""));
    }

    private static BigDecimal perMillion(long tokens, BigDecimal price) {
        return price.multiply(BigDecimal.valueOf(tokens)).movePointLeft(6);
    }

    /// Against the full price of input, less what writing the cache cost above it.
    private static String saved(Tally model, Price price) {
        Long part = cachedPercent(model);
        String share = "served " + (part == null ? 0 : part) + " % of the input";
        if (price.input() == null || price.cachedInput() == null) {
            return share + "; what that saved is n/a";
        }
        BigDecimal read =
                perMillion(model.cacheReadTokens(), price.input().subtract(price.cachedInput()));
        BigDecimal written =
                price.cacheWrite() == null
                        ? BigDecimal.ZERO
                        : perMillion(
                                model.cacheWriteTokens(),
                                price.cacheWrite().subtract(price.input()));
        BigDecimal net = read.subtract(written);
        return net.signum() < 0
                ? share + " and cost " + Money.format(net.negate()) + " more than it saved so far"
                : share + " and saved " + Money.format(net);
    }

    /// The part of the input that came from a cache; null where there was none.
    static @Nullable Long cachedPercent(Tally tally) {
        long input = tally.inputTokens() + tally.cacheReadTokens() + tally.cacheWriteTokens();
        return input == 0 || tally.cacheReadTokens() == 0
                ? null
                : Math.round(100.0 * tally.cacheReadTokens() / input);
    }
}
