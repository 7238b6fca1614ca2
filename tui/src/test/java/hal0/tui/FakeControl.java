package hal0.tui;

import hal0.home.activity.Deed;
import hal0.home.error.ErrorKind;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import hal0.providers.ModelInfo;
import hal0.providers.price.Price;
import hal0.relay.approval.Approval;
import hal0.relay.approval.Approvals;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.MemoryControl;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.ProviderModels;
import hal0.relay.control.ProviderStatus;
import hal0.relay.control.RelayStatus;
import hal0.relay.control.Reload;
import hal0.relay.control.Requests;
import hal0.relay.control.SettingsControl;
import hal0.relay.control.SlotControl;
import hal0.relay.control.Upstreams;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// A relay with two providers, in memory.
final class FakeControl implements ControlPlane {
    final FakeSettings settings = new FakeSettings();
    final FakeUpstreams upstreams = new FakeUpstreams();
    final FakeRequests requests = new FakeRequests();
    final FakeSlots slots = new FakeSlots();
    final List<Approval> waiting = new CopyOnWriteArrayList<>();
    final List<String> decided = new CopyOnWriteArrayList<>();
    private volatile Active active;

    FakeControl(Active active) {
        this.active = active;
    }

    @Override
    public RelayStatus status() {
        URI address = URI.create("http://127.0.0.1:8080");
        return new RelayStatus("0.1.0", "i1", address, false, Instant.EPOCH, 0, 0);
    }

    @Override
    public Optional<Active> active() {
        return Optional.ofNullable(active);
    }

    @Override
    public Active use(String provider, String model) {
        if (provider.equals("nobody")) {
            throw new ControlException(
                    ErrorKind.CONFIGURATION,
                    "no provider `nobody`; there are openai, ollama",
                    null);
        }
        active = new Active(provider, model == null ? "default" : model);
        return active;
    }

    @Override
    public List<ProviderStatus> providers() {
        return List.of(
                new ProviderStatus(
                        "openai",
                        "openai-compatible",
                        "https://api.openai.com/v1",
                        true,
                        false,
                        List.of("OPENAI_API_KEY"),
                        ProviderStatus.KeyState.SET),
                new ProviderStatus(
                        "groq",
                        "openai-compatible",
                        "https://api.groq.com/openai/v1",
                        true,
                        false,
                        List.of("GROQ_API_KEY"),
                        ProviderStatus.KeyState.MISSING),
                new ProviderStatus(
                        "ollama",
                        "openai-compatible",
                        "http://127.0.0.1:11434/v1",
                        true,
                        true,
                        List.of(),
                        ProviderStatus.KeyState.NOT_NEEDED));
    }

    @Override
    public List<ModelChoice> models(String provider) {
        if (provider.equals("openai")) {
            return List.of(
                    new ModelChoice("openai", info("gpt-5", 400_000L, "1.25", "10"), false, true),
                    new ModelChoice(
                            "openai", info("gpt-5-mini", 400_000L, "0.25", "2"), false, true),
                    new ModelChoice("openai", ModelInfo.of("o4-weird"), false, false));
        }
        return List.of(
                new ModelChoice(
                        "ollama",
                        new ModelInfo(
                                "qwen3:8b",
                                null,
                                32_768L,
                                null,
                                null,
                                null,
                                null,
                                null,
                                Price.UNKNOWN),
                        true,
                        true));
    }

    @Override
    public ProviderModels models(String provider, ProviderModels.Ask ask) {
        return new ProviderModels(models(provider), null);
    }

    private static ModelInfo info(String id, long context, String input, String output) {
        return new ModelInfo(
                id, null, context, null, null, null, null, null, Price.of(input, output));
    }

    @Override
    public Approvals approvals() {
        return new Approvals() {
            @Override
            public List<Approval> list() {
                return waiting;
            }

            @Override
            public Optional<Approval> find(String id) {
                return waiting.stream().filter(each -> each.id().equals(id)).findFirst();
            }

            @Override
            public Approval decide(String id, boolean approve, String who) {
                decided.add(id + (approve ? " approved" : " denied"));
                Approval it = find(id).orElseThrow();
                waiting.remove(it);
                return it;
            }
        };
    }

    @Override
    public MemoryControl memory() {
        throw new UnsupportedOperationException("nothing on the screen asks for memory");
    }

    @Override
    public SettingsControl settings() {
        return settings;
    }

    @Override
    public SlotControl slots() {
        return slots;
    }

    @Override
    public Upstreams upstreams() {
        return upstreams;
    }

    @Override
    public List<Tally> usage(Grouping grouping, Instant from) {
        return List.of();
    }

    @Override
    public Requests requests() {
        return requests;
    }

    @Override
    public List<Deed.Noted> activity(int limit, long before) {
        return List.of();
    }

    @Override
    public Reload reload() {
        return new Reload(List.of(), List.of());
    }

    @Override
    public void close() {}
}
