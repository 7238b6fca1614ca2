package hal0.relay.metrics;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The series of one provider and model, looked up once: a request then only adds numbers.
final class Series {
    private record Way(String protocol, Outcome outcome) {}

    private final BiFunction<String, String, CounterDataPoint> requests;
    private final Map<Way, CounterDataPoint> byWay = new ConcurrentHashMap<>();
    private final CounterDataPoint input;
    private final CounterDataPoint output;
    private final CounterDataPoint cacheRead;
    private final CounterDataPoint cacheWrite;
    private final CounterDataPoint reasoning;
    private final CounterDataPoint cost;
    private final DistributionDataPoint latency;
    private final DistributionDataPoint firstToken;

    /// **Shape** `requests` gives the counter of a protocol and an outcome, `tokens` that of a
    /// kind.
    Series(
            BiFunction<String, String, CounterDataPoint> requests,
            Function<String, CounterDataPoint> tokens,
            CounterDataPoint cost,
            DistributionDataPoint latency,
            DistributionDataPoint firstToken) {
        this.requests = requests;
        this.input = tokens.apply("input");
        this.output = tokens.apply("output");
        this.cacheRead = tokens.apply("cache_read");
        this.cacheWrite = tokens.apply("cache_write");
        this.reasoning = tokens.apply("reasoning");
        this.cost = cost;
        this.latency = latency;
        this.firstToken = firstToken;
    }

    void count(LedgerRow row) {
        byWay.computeIfAbsent(new Way(row.protocol(), row.outcome()), this::counter).inc();
        add(input, row.inputTokens());
        add(output, row.outputTokens());
        add(cacheRead, row.cacheReadTokens());
        add(cacheWrite, row.cacheWriteTokens());
        add(reasoning, row.reasoningTokens());
        if (row.costUsd() != null) {
            cost.inc(Math.max(0, row.costUsd().doubleValue()));
        }
        latency.observe(row.latencyMs() / 1e3);
        if (row.firstTokenMs() >= 0) {
            firstToken.observe(row.firstTokenMs() / 1e3);
        }
    }

    /// A provider may report anything; a counter only grows.
    private static void add(CounterDataPoint counter, long tokens) {
        if (tokens > 0) {
            counter.inc(tokens);
        }
    }

    private CounterDataPoint counter(Way way) {
        return requests.apply(way.protocol(), way.outcome().name().toLowerCase(Locale.ROOT));
    }
}
