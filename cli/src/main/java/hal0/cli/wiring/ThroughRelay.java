package hal0.cli.wiring;

import hal0.home.error.ErrorKind;
import hal0.providers.Answer;
import hal0.providers.ModelClient;
import hal0.providers.client.ProviderClient;
import hal0.providers.http.CancelToken;
import hal0.providers.message.ChatRequest;
import hal0.providers.price.Cost;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.dispatch.RemoteModelClient;
import org.jspecify.annotations.Nullable;

/// Models as a program that uses the relay meets them: over its `/v1`, whether it runs here, at
/// `HAL0_API_URL`, or only for as long as this is open.
///
/// **Shape** what answers cost is not known here but in the relay's rows. **Threads** any.
public final class ThroughRelay implements AutoCloseable {
    private final ControlPlane control;
    private final ModelClient client;
    private final String word;
    private final @Nullable RelayForRun started;

    private ThroughRelay(
            ControlPlane control, ModelClient client, String word, @Nullable RelayForRun started) {
        this.control = control;
        this.client = client;
        this.word = word;
        this.started = started;
    }

    /// `word` is by which the ledger knows who asks.
    ///
    /// **Errors** [ControlException] when there is no relay and none can be started.
    static ThroughRelay open(
            Hal0 hal0,
            ProviderClient providers,
            ControlPlanes planes,
            String word,
            Checkup checkup) {
        Configuration configuration = hal0.configuration();
        RelayForRun started = null;
        if (RelayAddress.find(configuration).isEmpty()) {
            started = RelayForRun.open(hal0, checkup);
        }
        boolean opened = false;
        try {
            RelayAddress at = RelayAddress.find(configuration).orElseThrow(ThroughRelay::gone);
            ThroughRelay relay =
                    new ThroughRelay(
                            planes.at(at),
                            new RemoteModelClient(
                                    providers, at.url(), at.token(), (_, _) -> new Cost.Unknown()),
                            word,
                            started);
            opened = true;
            return relay;
        } finally {
            if (!opened && started != null) {
                started.close();
            }
        }
    }

    private static ControlException gone() {
        return new ControlException(
                ErrorKind.CONFIGURATION, "the relay of this home has just ended; try again", null);
    }

    /// Begins an answer; the request's model is a name that the relay resolves.
    public Answer ask(ChatRequest request, CancelToken cancel) {
        return client.open(request, new ModelClient.Call(word, null, cancel));
    }

    /// What the relay says of itself.
    public ControlPlane control() {
        return control;
    }

    @Override
    public void close() {
        try (control) {
            if (started != null) {
                started.close();
            }
        }
    }
}
