package hal0.relay.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.ProviderRegistry;
import hal0.providers.config.Declared;
import hal0.relay.control.ProviderStatus.KeyState;
import hal0.relay.error.Json;
import hal0.relay.routing.SlotAddress;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The state of every provider, put together from the registry, the files and how it fared.
///
/// **Threads** any; asks nobody.
public final class UpstreamStatuses {
    /// The source of what no file declares.
    public static final String PRESET = "preset";

    private static final String SLOTS = "slots/";

    private final Configured files;
    private final ProviderRegistry registry;
    private final List<Provider> presets;
    private final Function<Provider, @Nullable Integer> modelsCount;
    private final UpstreamHealth health;

    /// `modelsCount` tells how many models are known of a provider, null where nobody knows.
    public UpstreamStatuses(
            Configured files,
            ProviderRegistry registry,
            List<Provider> presets,
            Function<Provider, @Nullable Integer> modelsCount,
            UpstreamHealth health) {
        this.files = files;
        this.registry = registry;
        this.presets = List.copyOf(presets);
        this.modelsCount = modelsCount;
        this.health = health;
    }

    /// What is declared, then the presets that are not.
    List<Provider> providers() {
        Map<String, Provider> all = new LinkedHashMap<>();
        registry.declared().forEach(provider -> all.put(provider.id(), provider));
        presets.forEach(provider -> all.putIfAbsent(provider.id(), provider));
        return List.copyOf(all.values());
    }

    List<UpstreamStatus> all() {
        return providers().stream().map(this::of).toList();
    }

    UpstreamStatus of(Provider provider) {
        return new UpstreamStatus(
                provider.id(),
                provider.baseUrl().toString(),
                provider.protocol().key(),
                word(provider.auth()),
                provider.keyNames(),
                keyState(provider, registry),
                provider.enabled(),
                provider.local(),
                provider.advertiseModels(),
                modelsCount.apply(provider),
                health.breaker(provider.id()),
                health.lastError(provider.id()),
                health.lastAnswerAt(provider.id()),
                health.lastFailureAt(provider.id()),
                sourceOf(provider),
                problem(provider.id()));
    }

    /// What holds for one, from the files as they are.
    List<ProviderFacts.Fact> facts(Provider provider) {
        if (problem(provider.id()) != null) {
            return List.of();
        }
        return ProviderFacts.of(
                provider,
                presets.stream().filter(preset -> preset.id().equals(provider.id())).findFirst(),
                declared(provider.id()),
                files.shown(),
                name -> files.secrets().find(name).isPresent());
    }

    private Optional<Declared> declared(String id) {
        return files.declared().stream().filter(d -> d.id().equals(id)).findFirst();
    }

    private @Nullable String problem(String id) {
        return declared(id)
                .filter(declared -> declared.state() == Declared.State.WRONG)
                .map(declared ->
                        declared.problemsIn(files.problems()).stream()
                                .findFirst()
                                .map(Object::toString)
                                .orElse("it is declared wrongly"))
                .orElse(null);
    }

    static KeyState keyState(Provider provider, ProviderRegistry registry) {
        if (registry.hasKey(provider)) {
            return KeyState.SET;
        }
        return provider.keyNeeded() ? KeyState.MISSING : KeyState.NOT_NEEDED;
    }

    /// Where it is declared: `config.toml:12`, `providers/mine.lua`, or `preset`.
    String sourceOf(Provider provider) {
        String id = provider.id();
        if (SlotAddress.isSlot(provider)) {
            return SLOTS + id + ".toml";
        }
        Optional<Declared> declared = declared(id);
        if (declared.isPresent()) {
            return declared.get().origin();
        }
        if (files.oldId().filter(id::equals).isPresent()) {
            return "config.toml";
        }
        return registry.declared().stream().anyMatch(p -> p.id().equals(id))
                ? "providers/%s.lua".formatted(id)
                : PRESET;
    }

    /// As the files name it.
    public static String word(Auth auth) {
        return switch (auth) {
            case Auth.Bearer _, Auth.BearerIfSet _ -> "bearer";
            case Auth.Anthropic _ -> "anthropic";
            case Auth.XApiKey _ -> "x-api-key";
            case Auth.Header _ -> "header";
            case Auth.GoogleQuery _ -> "google_query";
            case Auth.None _ -> "none";
        };
    }

    private static @Nullable String moment(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    /// Whether it is one of this home's slots, and not somewhere else.
    public static boolean isSlot(UpstreamStatus status) {
        return status.source().startsWith(SLOTS);
    }

    static String json(UpstreamStatus status) {
        return new String(Json.bytes(json -> write(json, status)), UTF_8);
    }

    /// As `/api/upstreams` has it.
    public static void write(JsonGenerator json, UpstreamStatus status) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", status.name());
        json.writeStringField("kind", isSlot(status) ? "slot" : "remote");
        json.writeStringField("url", status.url());
        json.writeStringField("protocol", status.protocol());
        json.writeStringField("auth_style", status.authStyle());
        json.writeArrayFieldStart("auth_value_env");
        for (String name : status.keyNames()) {
            json.writeString(name);
        }
        json.writeEndArray();
        json.writeBooleanField("auth_configured", status.keyState() != KeyState.MISSING);
        json.writeStringField("key_state", status.keyState().name());
        json.writeBooleanField("enabled", status.enabled());
        json.writeBooleanField("local", status.local());
        json.writeBooleanField("advertise_models", status.advertiseModels());
        if (status.modelsCount() == null) {
            json.writeNullField("models_count");
        } else {
            json.writeNumberField("models_count", status.modelsCount());
        }
        json.writeStringField("breaker", status.breaker());
        json.writeStringField("last_error", status.lastError());
        json.writeStringField("last_answer_at", moment(status.lastAnswerAt()));
        json.writeStringField("last_failure_at", moment(status.lastFailureAt()));
        json.writeStringField("source", status.source());
        json.writeStringField("problem", status.problem());
        json.writeEndObject();
    }
}
