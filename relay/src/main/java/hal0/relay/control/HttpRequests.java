package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.ledger.Tally;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The requests of another process, over its `/api`.
final class HttpRequests implements Requests {
    private final RelayCalls relay;

    HttpRequests(RelayCalls relay) {
        this.relay = relay;
    }

    private JsonNode get(String path) {
        return relay.call("GET", path, null);
    }

    @Override
    public List<RequestInfo> latest(int most) {
        List<RequestInfo> all = new ArrayList<>();
        get("/api/requests?limit=" + most).forEach(node -> all.add(RequestJson.read(node)));
        return all;
    }

    @Override
    public Optional<RequestInfo> find(String id) {
        List<RequestInfo> found = new ArrayList<>();
        get("/api/requests?id=" + RelayCalls.segment(id))
                .forEach(node -> found.add(RequestJson.read(node)));
        return found.stream().findFirst();
    }

    @Override
    public List<Tally> ofSession(String session) {
        return HttpRecords.tallies(
                "model",
                get("/api/usage?by=model&since=all&session=" + RelayCalls.segment(session)));
    }

    @Override
    public Price price(String provider, String model) {
        JsonNode price =
                get(
                        "/api/price?provider=%s&model=%s"
                                .formatted(
                                        RelayCalls.segment(provider), RelayCalls.segment(model)));
        return new Price(
                usd(price, "input_per_1m"),
                usd(price, "output_per_1m"),
                usd(price, "cached_input_per_1m"),
                usd(price, "cache_write_per_1m"),
                usd(price, "cache_write_1h_per_1m"));
    }

    @Override
    public Limits budget() {
        JsonNode budget = get("/api/budget");
        return new Limits(
                limit(budget, "turn_usd"), limit(budget, "session_usd"), limit(budget, "day_usd"));
    }

    private static BigDecimal limit(JsonNode budget, String name) {
        BigDecimal limit = usd(budget, name);
        return limit == null ? BigDecimal.ZERO : limit;
    }

    private static @Nullable BigDecimal usd(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.path(name).decimalValue() : null;
    }

    @Override
    public Listening onChange(Runnable listener) {
        return () -> {};
    }
}
