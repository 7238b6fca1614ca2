package hal0.relay.routing;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// In which order a route tries its targets.
public enum Strategy {
    /// As they are written.
    FALLBACK,
    /// The first one drawn by weight, then the next.
    WEIGHTED,
    /// The one with the fewest requests under way first.
    LEAST_BUSY,
    /// The one that was quickest to its first token of late first.
    LATENCY,
    /// The cheapest first, by the price of a token in and a token out.
    COST;

    /// The word for it in files.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Strategy> words() {
        Map<String, Strategy> words = new LinkedHashMap<>();
        for (Strategy strategy : values()) {
            words.put(strategy.word(), strategy);
        }
        return words;
    }
}
