package hal0.relay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.activity.Deed;
import hal0.home.error.ErrorKind;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.relay.approval.ApprovalDesk;
import hal0.relay.approval.Approvals;
import hal0.relay.error.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The control plane of the process that it is called in.
public final class LocalControl implements ControlPlane {
    private final LiveConfiguration configuration;
    private final ProviderRegistry registry;
    private final List<Provider> presets;
    private final ModelSource models;
    private final Supplier<RelayStatus> status;
    private final Upstreams upstreams;
    private final SlotControl slots;
    private final SettingsControl settings;
    private final MemoryControl memory;
    private final Records records;
    private final Requests requests;
    private final Audit audit;
    private final Approvals approvals;

    public LocalControl(
            LiveConfiguration configuration,
            ProviderRegistry registry,
            List<Provider> presets,
            ModelSource models,
            Supplier<RelayStatus> status,
            Upstreams upstreams,
            SlotControl slots,
            SettingsControl settings,
            MemoryControl memory,
            Records records,
            Requests requests,
            Audit audit,
            ApprovalDesk approvals) {
        this.configuration = configuration;
        this.registry = registry;
        this.presets = List.copyOf(presets);
        this.models = models;
        this.status = status;
        this.upstreams = upstreams;
        this.slots = slots;
        this.settings = settings;
        this.memory = memory;
        this.records = records;
        this.requests = requests;
        this.audit = audit;
        this.approvals = new LocalApprovals(approvals);
    }

    @Override
    public RelayStatus status() {
        return status.get();
    }

    @Override
    public Optional<Active> active() {
        return configuration.active();
    }

    @Override
    public Active use(String provider, @Nullable String model) {
        Provider chosen = find(provider);
        Active active = new Active(provider, model == null ? usualModel(chosen) : model);
        return audit.noted(
                "active.use",
                provider,
                this::activeAsJson,
                () -> {
                    configuration.use(active);
                    return active;
                });
    }

    private @Nullable String activeAsJson() {
        Optional<Active> now = active();
        if (now.isEmpty()) {
            return null;
        }
        byte[] json =
                Json.bytes(out -> {
                    out.writeStartObject();
                    out.writeStringField("provider", now.get().provider());
                    out.writeStringField("model", now.get().model());
                    out.writeEndObject();
                });
        return new String(json, UTF_8);
    }

    private String usualModel(Provider provider) {
        if (provider.models().isEmpty() && provider.defaultModel() != null) {
            return provider.defaultModel();
        }
        return models.of(provider).stream()
                .findFirst()
                .map(choice -> choice.info().id())
                .orElseThrow(() ->
                        new ControlException(
                                ErrorKind.UNKNOWN_MODEL,
                                "%s has told no model; name one as %s/MODEL"
                                        .formatted(provider.id(), provider.id()),
                                null));
    }

    @Override
    public List<ProviderStatus> providers() {
        Map<String, Provider> all = new LinkedHashMap<>();
        registry.declared().forEach(provider -> all.put(provider.id(), provider));
        presets.forEach(provider -> all.putIfAbsent(provider.id(), provider));
        List<ProviderStatus> statuses = new ArrayList<>();
        for (Provider provider : all.values()) {
            statuses.add(
                    new ProviderStatus(
                            provider.id(),
                            provider.protocol().key(),
                            provider.baseUrl().toString(),
                            provider.enabled(),
                            provider.local(),
                            provider.keyNames(),
                            UpstreamStatuses.keyState(provider, registry)));
        }
        return statuses;
    }

    @Override
    public List<ModelChoice> models(String provider) {
        return models.of(find(provider));
    }

    @Override
    public ProviderModels models(String provider, ProviderModels.Ask ask) {
        return models.of(find(provider), ask);
    }

    private Provider find(String id) {
        return registry.find(id).orElseThrow(() -> ControlException.noProvider(id));
    }

    @Override
    public Upstreams upstreams() {
        return upstreams;
    }

    @Override
    public SlotControl slots() {
        return slots;
    }

    @Override
    public SettingsControl settings() {
        return settings;
    }

    @Override
    public MemoryControl memory() {
        return memory;
    }

    @Override
    public List<Tally> usage(Grouping grouping, Instant from) {
        return records.spending().by(grouping, from);
    }

    @Override
    public Requests requests() {
        return requests;
    }

    @Override
    public List<Deed.Noted> activity(int limit, long before) {
        return records.activity().list(limit, before);
    }

    @Override
    public Approvals approvals() {
        return approvals;
    }

    @Override
    public Reload reload() {
        return configuration.reload();
    }

    @Override
    public void close() {
        // Owns nothing: the graph that it belongs to is closed by who built it.
    }
}
