package hal0.cli.wiring;

import hal0.home.RelayFile;
import hal0.providers.Answer;
import hal0.providers.ModelClient;
import hal0.providers.client.ProviderClient;
import hal0.providers.error.ProviderException;
import hal0.providers.message.ChatRequest;
import hal0.relay.dispatch.AttachedModelClient;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.RoutedModelClient;
import hal0.relay.dispatch.Router;
import java.net.ConnectException;
import java.util.Optional;
import java.util.function.Supplier;

/// Asks through the process that owns the home, where one runs, else in this one.
///
/// **Shape** the owner is looked for anew for each answer: it may come and go while this process
/// runs. **Threads** any.
record OwnerFirstClient(
        Supplier<Optional<RelayFile>> owner,
        Router router,
        ProviderClient providers,
        RoutedModelClient routed,
        Meter.Pricing pricing)
        implements ModelClient {

    @Override
    public Answer open(ChatRequest request, Call call) {
        Optional<RelayFile> running = owner.get();
        return running.isEmpty()
                ? routed.open(request, call)
                : attached(running.get(), request, call);
    }

    /// An owner that has just died still stands in its file: then this process answers itself.
    private Answer attached(RelayFile running, ChatRequest request, Call call) {
        ModelClient client =
                new AttachedModelClient(
                        router,
                        providers,
                        routed,
                        new AttachedModelClient.Owner(running.address(), running.adminToken()),
                        pricing);
        try {
            return client.open(request, call);
        } catch (ProviderException.Unreachable e) {
            if (!(e.getCause() instanceof ConnectException)) {
                // It may have taken the question: asking again could pay for two answers.
                throw e;
            }
            System.getLogger(OwnerFirstClient.class.getName())
                    .log(
                            System.Logger.Level.INFO,
                            "the relay at {0} is gone: {1}",
                            running.address(),
                            e.getMessage());
            return routed.open(request, call);
        }
    }
}
