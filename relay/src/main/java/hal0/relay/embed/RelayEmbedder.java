package hal0.relay.embed;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.memory.Embedder;
import hal0.home.memory.EmbedderException;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.relay.control.ControlException;
import hal0.relay.control.RelayHttp;
import java.net.URI;
import java.util.List;

/// Has texts embedded by the relay that owns the home, over its `/v1/embeddings`.
public final class RelayEmbedder implements Embedder {
    private final EmbedModel model;
    private final RelayHttp relay;

    /// `address` and `token` are the relay's; `model` is that of the home, which both share.
    public RelayEmbedder(
            EmbedModel model,
            Transport transport,
            RequestBuilder requests,
            URI address,
            String token) {
        this.model = model;
        this.relay = new RelayHttp(transport, requests, address, token, this::refused);
    }

    private RuntimeException refused(RelayHttp from, int status, JsonNode error) {
        return EmbeddingJson.failed(
                model.asked(), status, error.path("message").asText("status " + status), null);
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
        byte[] body = EmbeddingJson.request(asked, texts);
        try {
            JsonNode answer = relay.call("POST", "/v1/embeddings", body, new CancelToken()).tree();
            return EmbeddingJson.vectors(asked, texts.size(), answer);
        } catch (ControlException e) {
            throw EmbeddingJson.failed(asked, 0, String.valueOf(e.getMessage()), e);
        }
    }
}
