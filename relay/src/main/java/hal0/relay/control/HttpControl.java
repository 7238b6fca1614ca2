package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.activity.Deed;
import hal0.home.error.ErrorKind;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.Transport;
import hal0.relay.approval.Approvals;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The control plane of another process, over its `/api`.
public final class HttpControl implements ControlPlane {
    private final RelayCalls relay;
    private final @Nullable LiveConfiguration files;

    /// `address` and `token` are the relay's; `files` is the configuration of the same home, which
    /// is edited here and read again there, and null for a relay of another home.
    public HttpControl(
            Transport transport,
            RequestBuilder requests,
            URI address,
            String token,
            @Nullable LiveConfiguration files) {
        this.relay = new RelayCalls(transport, requests, address, token);
        this.files = files;
    }

    @Override
    public RelayStatus status() {
        JsonNode status = get("/api/status");
        try {
            return new RelayStatus(
                    status.path("version").asText(),
                    status.path("instance_id").asText(),
                    status.hasNonNull("address")
                            ? URI.create(status.path("address").asText())
                            : null,
                    true,
                    Instant.parse(status.path("since").asText()),
                    status.path("requests").asLong(),
                    status.path("in_flight").asInt());
        } catch (DateTimeException | IllegalArgumentException e) {
            throw relay.unusable("/api/status", e);
        }
    }

    @Override
    public Optional<Active> active() {
        JsonNode active = get("/api/status").path("active");
        return active.isObject()
                ? Optional.of(
                        new Active(active.path("provider").asText(), active.path("model").asText()))
                : Optional.empty();
    }

    @Override
    public Active use(String provider, @Nullable String model) {
        // Before anything is written: a choice that leads nowhere would stand in config.toml.
        if (providers().stream().noneMatch(known -> known.id().equals(provider))) {
            throw ControlException.noProvider(provider);
        }
        Active active = new Active(provider, model == null ? usualModel(provider) : model);
        if (files == null) {
            settings().change(Map.of("active.provider", provider, "active.model", active.model()));
            return active;
        }
        files.use(active);
        Reload reload = reload();
        if (!reload.applied().contains("config.toml")) {
            throw new ControlException(
                    ErrorKind.CONFIGURATION,
                    "%s/%s is written to config.toml, but the running hal0 at %s goes on as before: %s"
                            .formatted(
                                    provider,
                                    active.model(),
                                    relay.address(),
                                    String.join("; ", reload.problems())),
                    null);
        }
        return active;
    }

    private String usualModel(String provider) {
        return models(provider).stream()
                .findFirst()
                .map(choice -> choice.info().id())
                .orElseThrow(() ->
                        new ControlException(
                                ErrorKind.UNKNOWN_MODEL,
                                "%s has told no model; name one".formatted(provider),
                                null));
    }

    @Override
    public List<ProviderStatus> providers() {
        List<ProviderStatus> providers = new ArrayList<>();
        for (JsonNode provider : get("/api/upstreams")) {
            providers.add(
                    new ProviderStatus(
                            provider.path("name").asText(),
                            provider.path("protocol").asText(),
                            provider.path("url").asText(),
                            provider.path("enabled").asBoolean(),
                            provider.path("local").asBoolean(),
                            HttpUpstreams.keyNames(provider),
                            HttpUpstreams.keyState(provider)));
        }
        return providers;
    }

    @Override
    public List<ModelChoice> models(String provider) {
        return models(provider, ProviderModels.Ask.UNKNOWN).models();
    }

    @Override
    public ProviderModels models(String provider, ProviderModels.Ask ask) {
        String path = "/api/providers/" + RelayCalls.segment(provider) + "/models";
        String how =
                ask == ProviderModels.Ask.UNKNOWN
                        ? ""
                        : "?ask=" + ask.name().toLowerCase(Locale.ROOT);
        return ChoiceJson.read(provider, get(path + how));
    }

    @Override
    public Reload reload() {
        JsonNode answer = relay.call("POST", "/api/reload", "{}");
        List<String> applied = new ArrayList<>();
        answer.path("applied").forEach(item -> applied.add(item.asText()));
        List<String> problems = new ArrayList<>();
        answer.path("problems").forEach(item -> problems.add(item.asText()));
        return new Reload(applied, problems);
    }

    @Override
    public Upstreams upstreams() {
        return new HttpUpstreams(relay);
    }

    @Override
    public SlotControl slots() {
        return new HttpSlots(relay);
    }

    @Override
    public SettingsControl settings() {
        return new HttpSettings(relay);
    }

    @Override
    public MemoryControl memory() {
        return new HttpMemory(relay);
    }

    @Override
    public List<Tally> usage(Grouping grouping, Instant from) {
        String by = grouping.name().toLowerCase(Locale.ROOT);
        return HttpRecords.tallies(
                by, get("/api/usage?by=" + by + "&since=" + RelayCalls.segment(from.toString())));
    }

    @Override
    public Requests requests() {
        return new HttpRequests(relay);
    }

    @Override
    public List<Deed.Noted> activity(int limit, long before) {
        return HttpRecords.deeds(get("/api/activity?limit=" + limit + "&before=" + before));
    }

    @Override
    public Approvals approvals() {
        return new HttpApprovals(relay);
    }

    private JsonNode get(String path) {
        return relay.call("GET", path, null);
    }

    @Override
    public void close() {
        // The transport belongs to who made it.
    }
}
