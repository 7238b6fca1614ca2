package hal0.relay.embed;

import hal0.home.error.ErrorKind;
import hal0.home.memory.Embedder;
import hal0.home.memory.EmbedderException;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.message.Protocol;
import hal0.relay.answer.BadBodyException;
import hal0.relay.answer.RequestScan;
import hal0.relay.budget.Budget;
import hal0.relay.budget.TokenEstimate;
import hal0.relay.dispatch.Decision;
import hal0.relay.dispatch.Meter;
import hal0.relay.dispatch.Metering;
import hal0.relay.dispatch.RequestId;
import hal0.relay.dispatch.Router;
import hal0.relay.error.RelayException;
import hal0.relay.forward.OperationPass;
import hal0.relay.operation.Content;
import hal0.relay.operation.Operation;
import hal0.relay.operation.Order;
import hal0.relay.routing.Kind;
import hal0.relay.timing.Waits;
import java.time.InstantSource;
import java.util.List;

/// Has texts embedded by the model of the configuration, as `/v1/embeddings` of this process does
/// it: routed, tried again, within the budget, in the ledger.
public final class RoutedEmbedder implements Embedder {
    private static final String CLIENT = "memory";

    private final EmbedModel model;
    private final Router router;
    private final OperationPass pass;
    private final Metering metering;
    private final InstantSource clock;

    public RoutedEmbedder(
            EmbedModel model,
            Router router,
            OperationPass pass,
            Metering metering,
            InstantSource clock) {
        this.model = model;
        this.router = router;
        this.pass = pass;
        this.metering = metering;
        this.clock = clock;
    }

    @Override
    public String model() {
        return model.name();
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        String asked = model.asked();
        if (asked.isEmpty()) {
            throw EmbedderException.unavailable("no model for embeddings is set", null);
        }
        KeptReply reply = new KeptReply();
        try {
            answer(asked, EmbeddingJson.request(asked, texts), reply);
        } catch (RelayException e) {
            throw EmbeddingJson.failed(asked, fault(e), e.message(), e);
        } catch (BadBodyException | KeptReply.Broken e) {
            throw EmbeddingJson.failed(asked, 0, String.valueOf(e.getMessage()), e);
        }
        if (reply.code() / 100 != 2) {
            String message = EmbeddingJson.message(reply.code(), reply.body());
            throw EmbeddingJson.failed(asked, reply.code(), message, null);
        }
        return EmbeddingJson.vectors(asked, texts.size(), reply.body());
    }

    /// Only a provider knows what is wrong with a text: what this process refuses is wrong with the
    /// request.
    private static int fault(RelayException e) {
        return e.getCause() instanceof ProviderException.Rejected ? e.status() : 0;
    }

    private void answer(String asked, byte[] body, KeptReply reply) {
        Content content = new Content.Json(body, RequestScan.of(body), "application/json");
        Order order = new Order(Operation.EMBEDDINGS, content, Headers.NONE, "identity");
        String id = RequestId.mint();
        Meter meter =
                metering.begin(
                        new Meter.Caller(
                                id,
                                clock.instant(),
                                System.nanoTime(),
                                CLIENT,
                                Budget.Purse.of(null),
                                null,
                                Protocol.OPENAI.shortName(),
                                asked,
                                false,
                                () -> TokenEstimate.of(body)),
                        new Waits());
        try {
            Decision decision = router.decide(id, asked, Kind.EMBEDDINGS);
            meter.decided(decision);
            pass.answer(order, decision, meter, reply, new CancelToken());
        } finally {
            // Of a request that leads nowhere nobody has said so yet.
            meter.failed(ErrorKind.UNKNOWN_MODEL);
        }
    }
}
