package hal0.relay.metrics;

import hal0.relay.rescue.Breakers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Which targets are left alone because they failed too often, as a metric.
///
/// **Shape** one reading for each target that failed lately, 0 while it is asked all the same, 1
/// while one request finds out whether it is well again, 2 while it is not asked.
public final class BreakerGauge {
    private BreakerGauge() {}

    public static Gauge of(Breakers breakers) {
        return new Gauge(
                "hal0_breaker_state",
                "0 closed, 1 half-open, 2 open; targets that did not fail lately are left out.",
                List.of("provider", "model"),
                () -> readings(breakers.states()));
    }

    private static List<Gauge.Reading> readings(Map<String, Breakers.State> states) {
        List<Gauge.Reading> readings = new ArrayList<>(states.size());
        states.forEach((target, state) -> readings.add(reading(target, state)));
        return readings;
    }

    /// The id of a provider has no slash, that of a model may have several.
    private static Gauge.Reading reading(String target, Breakers.State state) {
        int slash = target.indexOf('/');
        return new Gauge.Reading(
                switch (state) {
                    case CLOSED -> 0;
                    case HALF_OPEN -> 1;
                    case OPEN -> 2;
                },
                List.of(target.substring(0, slash), target.substring(slash + 1)));
    }
}
