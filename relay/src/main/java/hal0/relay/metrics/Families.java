package hal0.relay.metrics;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The families of metrics that requests are counted in.
///
/// **Shape** a client chooses the name of a model, so only the first [#MOST_MODELS] pairs of
/// provider and model have series of their own; all others share one, named `other`. **Threads**
/// any.
final class Families {
    static final int MOST_MODELS = 200;

    /// Of the kinds of failure, those that say something about the upstream and not about the
    /// request.
    private static final List<String> DOWN =
            List.of("unreachable", "timed_out", "overloaded", "bad_stream");

    private static final double[] SECONDS = {
        0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40, 80, 160, 320, 640
    };
    private static final double[] OVERHEAD_SECONDS = {
        0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.1, 1
    };

    private record Key(String provider, String model) {}

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Map<Key, Series> series = new ConcurrentHashMap<>();
    private final Map<String, Boolean> up = new ConcurrentHashMap<>();
    private final Series other;
    private final CounterDataPoint refused;
    private final Histogram overhead;
    private final Counter requests;
    private final Counter tokens;
    private final Counter cost;
    private final Histogram latency;
    private final Histogram firstToken;

    Families(List<Gauge> gauges) {
        requests =
                counter(
                        "requests",
                        "Requests for a model.",
                        "provider",
                        "model",
                        "protocol",
                        "outcome");
        tokens = counter("tokens", "Tokens used, by kind.", "provider", "model", "kind");
        cost = counter("cost_usd", "What answers of known price cost.", "provider", "model");
        latency = histogram("request_seconds", "From a request to the end of its answer.", SECONDS);
        firstToken =
                histogram("first_token_seconds", "From a request to its first content.", SECONDS);
        overhead =
                Histogram.builder()
                        .name("hal0_overhead_seconds")
                        .help("Time of a request that was spent in hal0 itself.")
                        .classicOnly()
                        .classicUpperBounds(OVERHEAD_SECONDS)
                        .register(registry);
        other = made(new Key("other", "other"));
        refused = requests.labelValues("", "", "", "refused");
        show(
                new Gauge(
                        "hal0_upstream_up",
                        "1 if the provider served the last request that said anything about it.",
                        List.of("provider"),
                        this::upstreams));
        gauges.forEach(this::show);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name("hal0_" + name + "_total")
                .help(help)
                .labelNames(labels)
                .register(registry);
    }

    private Histogram histogram(String name, String help, double[] bounds) {
        return Histogram.builder()
                .name("hal0_" + name)
                .help(help)
                .classicOnly()
                .classicUpperBounds(bounds)
                .labelNames("provider", "model")
                .register(registry);
    }

    private void show(Gauge gauge) {
        GaugeWithCallback.builder()
                .name(gauge.name())
                .help(gauge.help())
                .labelNames(gauge.labels().toArray(String[]::new))
                .callback(shown ->
                        gauge.readings()
                                .get()
                                .forEach(reading ->
                                        shown.call(
                                                reading.value(),
                                                reading.labels().toArray(String[]::new))))
                .register(registry);
    }

    void count(LedgerRow row) {
        if (row.attempts() == 0) {
            refused.inc();
            return;
        }
        of(row).count(row);
        overhead.observe(row.overheadUs() / 1e6);
        if (row.outcome() == Outcome.ANSWERED || row.outcome() == Outcome.RESCUED) {
            up.put(row.provider(), true);
        } else if (row.errorKind() != null
                && DOWN.contains(row.errorKind().toLowerCase(Locale.ROOT))) {
            up.put(row.provider(), false);
        }
    }

    private Series of(LedgerRow row) {
        Key key = new Key(row.provider(), row.model());
        Series known = series.get(key);
        if (known != null) {
            return known;
        }
        // A few too many by threads that come together do no harm.
        return series.size() >= MOST_MODELS ? other : series.computeIfAbsent(key, this::made);
    }

    private Series made(Key key) {
        String provider = key.provider();
        String model = key.model();
        return new Series(
                (protocol, outcome) -> requests.labelValues(provider, model, protocol, outcome),
                kind -> tokens.labelValues(provider, model, kind),
                cost.labelValues(provider, model),
                latency.labelValues(provider, model),
                firstToken.labelValues(provider, model));
    }

    private List<Gauge.Reading> upstreams() {
        return up.entrySet().stream()
                .map(entry -> new Gauge.Reading(entry.getValue() ? 1 : 0, List.of(entry.getKey())))
                .toList();
    }

    byte[] text() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        try {
            PrometheusTextFormatWriter.create().write(out, registry.scrape());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
