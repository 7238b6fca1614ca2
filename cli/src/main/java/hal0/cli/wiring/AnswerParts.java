package hal0.cli.wiring;

import hal0.home.ledger.Ledger;
import hal0.home.response.StoredResponses;
import hal0.home.store.Database;
import hal0.relay.answer.Answering;
import hal0.relay.budget.Budget;
import hal0.relay.dispatch.Attempts;
import hal0.relay.dispatch.Catalog;
import hal0.relay.dispatch.LiveFacts;
import hal0.relay.dispatch.Metering;
import hal0.relay.dispatch.RoutedModelClient;
import hal0.relay.dispatch.Router;
import hal0.relay.dispatch.TargetStats;
import hal0.relay.dispatch.TokenSleeper;
import hal0.relay.forward.OperationPass;
import hal0.relay.forward.PassThrough;
import hal0.relay.rescue.Breakers;
import hal0.relay.translate.Counting;
import hal0.relay.translate.ResponseMemory;
import hal0.relay.translate.Translation;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.random.RandomGenerator;

/// What it takes to answer a request, whoever makes it: where it goes, the attempts, its row.
final class AnswerParts {
    final Router router;
    final Metering metering;
    final RoutedModelClient routed;
    final StoredResponses responses;
    private final ProviderParts providers;
    private final Attempts attempts;
    private final InstantSource clock;

    AnswerParts(
            Configuration configuration,
            ProviderParts providers,
            Catalog catalog,
            Breakers breakers,
            Database database,
            Ledger ledger,
            InstantSource clock) {
        this.providers = providers;
        this.clock = clock;
        this.responses = new StoredResponses(database, clock, StoredResponses.USUAL);
        TargetStats stats = new TargetStats();
        this.router =
                new Router(
                        catalog,
                        new LiveFacts(
                                stats,
                                providers.knowledge,
                                target -> !breakers.wouldAdmit(target.toString())));
        this.attempts =
                new Attempts(
                        new TokenSleeper(),
                        RandomGenerator.getDefault(),
                        providers.requests.keys(),
                        new Budget(
                                configuration::budget,
                                ledger,
                                providers.pricing::cost,
                                clock,
                                ZoneId.systemDefault()),
                        breakers,
                        providers.knowledge);
        this.metering = new Metering(ledger, providers.pricing::cost);
        metering.listen(stats);
        this.routed =
                new RoutedModelClient(
                        router,
                        attempts,
                        (target, request, cancel) ->
                                providers.client.open(
                                        target.provider(), target.model(), request, cancel),
                        metering,
                        clock);
    }

    Answering answering() {
        return new Answering(
                attempts,
                new PassThrough(providers.transport, providers.requests, providers.client),
                new Translation(providers.client, new ResponseMemory(responses), clock));
    }

    Counting counting() {
        return new Counting(providers.transport, providers.requests, providers.client);
    }

    OperationPass operations() {
        return new OperationPass(
                attempts, providers.transport, providers.requests, providers.client);
    }
}
