package hal0.tui;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Outcome;
import hal0.home.ledger.Tally;
import hal0.providers.price.Price;
import hal0.relay.control.RequestInfo;
import hal0.relay.control.RequestInfo.Try;
import hal0.relay.control.Requests;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a relay was asked, in memory.
final class FakeRequests implements Requests {
    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    final List<RequestInfo> all = new CopyOnWriteArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    void changed() {
        listeners.forEach(Runnable::run);
    }

    static LedgerRow row(String client, String model, Outcome outcome, String cost) {
        int slash = model.indexOf('/');
        boolean failed = outcome == Outcome.FAILED;
        return new LedgerRow(
                "r-1",
                NOW.minusSeconds(60),
                client,
                null,
                null,
                "openai",
                "smart",
                model.substring(0, slash),
                model.substring(slash + 1),
                outcome,
                failed ? "overloaded" : null,
                failed ? 503 : 200,
                failed ? 3 : 1,
                true,
                1200,
                340,
                10_000,
                0,
                40,
                cost.isEmpty() ? null : new BigDecimal(cost),
                false,
                2300,
                410,
                180);
    }

    static RequestInfo over(String id, LedgerRow row, Try... tries) {
        return new RequestInfo(
                id,
                row.at(),
                row.client(),
                null,
                row.protocol(),
                row.requestedModel(),
                true,
                row.latencyMs(),
                "route:smart",
                List.of("openai/gpt-5", "groq/llama-4"),
                List.of(),
                List.of(tries),
                150,
                row);
    }

    static RequestInfo underWay(String id) {
        return new RequestInfo(
                id,
                NOW.minusSeconds(4),
                "claude",
                "s-9",
                "anthropic",
                "claude-opus",
                true,
                4200,
                "prefix:anthropic",
                List.of("anthropic/claude-opus"),
                List.of(),
                List.of(new Try("anthropic/claude-opus", null, -1, null)),
                -1,
                null);
    }

    @Override
    public List<RequestInfo> latest(int most) {
        return List.copyOf(all);
    }

    @Override
    public Optional<RequestInfo> find(String id) {
        return all.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    @Override
    public List<Tally> ofSession(String session) {
        return List.of();
    }

    @Override
    public Price price(String provider, String model) {
        return Price.UNKNOWN;
    }

    @Override
    public Limits budget() {
        return Limits.NONE;
    }

    @Override
    public Listening onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
