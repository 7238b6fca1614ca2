package hal0.home.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The sums of a report as columns that programs read.
///
/// **Shape** the first column is named after the grouping. The cost is null where nothing is known
/// of it.
public final class TallyColumns {
    private TallyColumns() {}

    public static List<String> names(Grouping grouping) {
        return List.of(
                grouping.name().toLowerCase(Locale.ROOT),
                "requests",
                "failed",
                "input_tokens",
                "output_tokens",
                "cache_read_tokens",
                "cache_write_tokens",
                "reasoning_tokens",
                "cost_usd",
                "priced",
                "local",
                "unpriced");
    }

    /// In the order of the names: the group's name, whole numbers, and the cost.
    public static List<@Nullable Object> values(Tally tally) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(tally.name());
        values.add(tally.requests());
        values.add(tally.failed());
        values.add(tally.inputTokens());
        values.add(tally.outputTokens());
        values.add(tally.cacheReadTokens());
        values.add(tally.cacheWriteTokens());
        values.add(tally.reasoningTokens());
        values.add(tally.isPriced() ? tally.costUsd() : null);
        values.add(tally.priced());
        values.add(tally.local());
        values.add(tally.unpriced());
        return values;
    }

    /// With a heading; as RFC 4180 has it, but with plain line ends. What is unknown stays empty.
    public static String csv(Grouping grouping, List<Tally> tallies) {
        StringBuilder text = new StringBuilder(String.join(",", names(grouping))).append('\n');
        for (Tally tally : tallies) {
            text.append(
                            values(tally).stream()
                                    .map(TallyColumns::cell)
                                    .collect(Collectors.joining(",")))
                    .append('\n');
        }
        return text.toString();
    }

    private static String cell(@Nullable Object value) {
        String text =
                switch (value) {
                    case null -> "";
                    case BigDecimal number -> number.toPlainString();
                    default -> String.valueOf(value);
                };
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
