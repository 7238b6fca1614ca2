package hal0.home.ledger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Single calls as columns that programs read.
///
/// **Shape** texts, whole numbers, booleans and the cost; null for what is not known.
public final class RowColumns {
    private static final List<String> NAMES =
            List.of(
                    "request_id",
                    "at",
                    "client",
                    "session",
                    "key",
                    "protocol",
                    "requested_model",
                    "provider",
                    "model",
                    "answered_model",
                    "outcome",
                    "error",
                    "status",
                    "attempts",
                    "streamed",
                    "input_tokens",
                    "output_tokens",
                    "cache_read_tokens",
                    "cache_write_tokens",
                    "reasoning_tokens",
                    "cost_usd",
                    "local",
                    "estimated",
                    "latency_ms",
                    "first_token_ms",
                    "overhead_us");

    private RowColumns() {}

    public static List<String> names() {
        return NAMES;
    }

    /// In the order of the names.
    public static List<@Nullable Object> values(LedgerRow row) {
        List<@Nullable Object> values = new ArrayList<>();
        values.add(row.requestId());
        values.add(row.at().toString());
        values.add(row.client());
        values.add(row.session());
        values.add(row.key());
        values.add(row.protocol());
        values.add(row.requestedModel());
        values.add(row.provider());
        values.add(row.model());
        values.add(row.answeredModel());
        values.add(row.outcome().name().toLowerCase(Locale.ROOT));
        values.add(row.errorKind());
        values.add((long) row.status());
        values.add((long) row.attempts());
        values.add(row.streamed());
        values.add(row.inputTokens());
        values.add(row.outputTokens());
        values.add(row.cacheReadTokens());
        values.add(row.cacheWriteTokens());
        values.add(row.reasoningTokens());
        values.add(row.costUsd());
        values.add(row.local());
        values.add(row.estimated());
        values.add(row.latencyMs());
        values.add(row.firstTokenMs() < 0 ? null : row.firstTokenMs());
        values.add(row.overheadUs());
        return values;
    }

    /// With a heading; as RFC 4180 has it, but with plain line ends. What is unknown stays empty.
    public static String csv(List<LedgerRow> rows) {
        StringBuilder text = new StringBuilder(String.join(",", NAMES)).append('\n');
        for (LedgerRow row : rows) {
            text.append(values(row).stream().map(RowColumns::cell).collect(Collectors.joining(",")))
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
