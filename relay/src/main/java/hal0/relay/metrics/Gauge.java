package hal0.relay.metrics;

import java.util.List;
import java.util.function.Supplier;

/// A state that somebody keeps, and that is read when metrics are.
///
/// **Shape** `name` in the Prometheus way, such as `hal0_breaker_state`; each reading has one value
/// for each of the labels. **Threads** `readings` is called on any, and must not block.
public record Gauge(
        String name, String help, List<String> labels, Supplier<List<Reading>> readings) {

    public Gauge {
        labels = List.copyOf(labels);
    }

    /// One number of it.
    public record Reading(double value, List<String> labels) {
        public Reading {
            labels = List.copyOf(labels);
        }
    }

    /// A gauge that is one number.
    public static Gauge of(String name, String help, Supplier<? extends Number> number) {
        return new Gauge(
                name,
                help,
                List.of(),
                () -> List.of(new Reading(number.get().doubleValue(), List.of())));
    }
}
