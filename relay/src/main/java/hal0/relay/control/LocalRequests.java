package hal0.relay.control;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Tally;
import hal0.providers.ModelKnowledge;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.price.Price;
import hal0.relay.budget.BudgetSettings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// The requests of the process that this is called in, and those that the ledger of its home has.
public final class LocalRequests implements Requests {

    /// What this process remembers of its requests.
    public interface Trail {

        /// Those under way and the last that are over, in any order.
        List<RequestInfo> remembered();
    }

    private final Trail trail;
    private final Records records;
    private final ProviderRegistry registry;
    private final ModelKnowledge knowledge;
    private final Supplier<BudgetSettings> budget;
    private final Pulse pulse;

    public LocalRequests(
            Trail trail,
            Records records,
            ProviderRegistry registry,
            ModelKnowledge knowledge,
            Supplier<BudgetSettings> budget,
            Pulse pulse) {
        this.trail = trail;
        this.records = records;
        this.registry = registry;
        this.knowledge = knowledge;
        this.budget = budget;
        this.pulse = pulse;
    }

    /// A client chooses the ids of its requests, so that the moment belongs to them.
    private record Key(String id, Instant at) {}

    @Override
    public List<RequestInfo> latest(int most) {
        List<RequestInfo> all = new ArrayList<>(trail.remembered());
        Set<Key> known = new HashSet<>();
        all.forEach(each -> known.add(key(each.id(), each.at())));
        for (LedgerRow row : records.spending().requests(Instant.EPOCH, most)) {
            if (known.add(key(row.requestId(), row.at()))) {
                all.add(RequestInfo.of(row));
            }
        }
        return all.stream()
                .sorted(
                        Comparator.comparing(RequestInfo::isUnderWay)
                                .thenComparing(RequestInfo::at)
                                .reversed())
                .limit(most)
                .toList();
    }

    /// The table keeps milliseconds.
    private static Key key(String id, Instant at) {
        return new Key(id, Instant.ofEpochMilli(at.toEpochMilli()));
    }

    @Override
    public Optional<RequestInfo> find(String id) {
        Optional<RequestInfo> remembered =
                trail.remembered().stream()
                        .filter(each -> each.id().equals(id))
                        .max(Comparator.comparing(RequestInfo::at));
        return remembered.isPresent()
                ? remembered
                : records.spending().request(id).map(RequestInfo::of);
    }

    @Override
    public List<Tally> ofSession(String session) {
        return records.spending().ofSession(session);
    }

    @Override
    public Price price(String provider, String model) {
        return registry.find(provider).map(known -> price(known, model)).orElse(Price.UNKNOWN);
    }

    private Price price(Provider provider, String model) {
        return knowledge
                .about(provider, model)
                .price()
                .withCachedOr(provider.userPriceOf(model).input());
    }

    @Override
    public Limits budget() {
        return Limits.of(budget.get());
    }

    @Override
    public Listening onChange(Runnable listener) {
        return pulse.listen(listener);
    }
}
