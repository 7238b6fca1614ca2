package hal0.relay.model;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.relay.control.RelayHttp;
import hal0.relay.error.Json;
import hal0.slots.model.pull.PullStatus;
import hal0.slots.model.pull.PullWish;
import hal0.slots.model.pull.Pulls;
import java.net.URI;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/// The models of a home whose relay runs in another process, over its `/api/models`.
public final class HttpModels implements ModelControl {
    private static final String MODELS = "/api/models";
    private static final String REGISTRY = MODELS + "/registry";
    private static final String PULL = MODELS + "/pull";
    private static final int BEGUN = 202;

    private final OwnerCalls owner;

    /// `address` and `token` are the relay's; no token where it needs none.
    public HttpModels(Transport transport, RequestBuilder requests, URI address, String token) {
        this.owner = new OwnerCalls(transport, requests, address, token);
    }

    @Override
    public List<ModelEntry> list() {
        return each(MODELS, ModelJson::entry);
    }

    @Override
    public ModelEntry one(String id, long contextSize) {
        String path = REGISTRY + "/" + OwnerCalls.segment(id) + "?context_size=" + contextSize;
        return read(path, owner.get(path), ModelJson::entry);
    }

    @Override
    public Pulls.Begun pull(PullWish wish) {
        RelayHttp.Answer answer =
                owner.call("POST", PULL, Json.bytes(json -> PullJson.write(json, wish)));
        return new Pulls.Begun(
                read(PULL, answer.tree(), PullJson::status), answer.status() == BEGUN);
    }

    @Override
    public List<PullStatus> pulls() {
        return each(PULL, PullJson::status);
    }

    @Override
    public PullStatus pull(String job) {
        return read(PULL, owner.get(path(job)), PullJson::status);
    }

    @Override
    public PullStatus cancel(String job) {
        return read(PULL, owner.call("DELETE", path(job), null).tree(), PullJson::status);
    }

    @Override
    public PullStatus follow(String job, Consumer<PullStatus> listener, CancelToken left) {
        owner.events(
                path(job) + "/events",
                event -> {
                    PullStatus status = read(PULL, event, PullJson::status);
                    listener.accept(status);
                    return status.state().isOver();
                },
                left);
        return pull(job);
    }

    private static String path(String job) {
        return PULL + "/" + OwnerCalls.segment(job);
    }

    @Override
    public ModelEntry register(NewModel model) {
        byte[] body = Json.bytes(json -> ModelJson.write(json, model));
        return read(REGISTRY, owner.call("POST", REGISTRY, body).tree(), ModelJson::entry);
    }

    @Override
    public ModelEntry remove(String id, boolean files, boolean force) {
        String path =
                "%s/%s?files=%s&force=%s".formatted(REGISTRY, OwnerCalls.segment(id), files, force);
        return read(path, owner.call("DELETE", path, null).tree(), ModelJson::entry);
    }

    @Override
    public ModelEntry assign(String id, String slot) {
        String path = "%s/%s/assign".formatted(REGISTRY, OwnerCalls.segment(id));
        byte[] body =
                Json.bytes(json -> {
                    json.writeStartObject();
                    json.writeStringField("slot", slot);
                    json.writeEndObject();
                });
        return read(path, owner.call("POST", path, body).tree(), ModelJson::entry);
    }

    private <T> List<T> each(String path, Function<JsonNode, T> reading) {
        List<T> all = new ArrayList<>();
        for (JsonNode item : owner.get(path)) {
            all.add(read(path, item, reading));
        }
        return all;
    }

    private <T> T read(String path, JsonNode tree, Function<JsonNode, T> reading) {
        try {
            return reading.apply(tree);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw owner.unusable(path, e);
        }
    }
}
