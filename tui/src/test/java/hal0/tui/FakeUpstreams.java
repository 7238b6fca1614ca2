package hal0.tui;

import hal0.providers.Secret;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.Connection;
import hal0.providers.probe.Reach;
import hal0.providers.probe.Verdict;
import hal0.relay.control.ProviderFacts;
import hal0.relay.control.ProviderStatus.KeyState;
import hal0.relay.control.UpstreamStatus;
import hal0.relay.control.UpstreamTrial;
import hal0.relay.control.Upstreams;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Three providers in memory, one of which has no key until it is given one.
final class FakeUpstreams implements Upstreams {
    final Map<String, Secret> keys = new ConcurrentHashMap<>();

    static UpstreamStatus status(String name, String url, String variable, KeyState state) {
        return new UpstreamStatus(
                name,
                url,
                "openai-compatible",
                "bearer",
                variable.isEmpty() ? List.of() : List.of(variable),
                state,
                true,
                variable.isEmpty(),
                true,
                state == KeyState.SET ? 2 : null,
                "closed",
                null,
                null,
                null,
                "preset",
                null);
    }

    @Override
    public List<UpstreamStatus> all() {
        return List.of(
                status("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY", groq()),
                status("ollama", "http://127.0.0.1:11434/v1", "", KeyState.NOT_NEEDED),
                status("openai", "https://api.openai.com/v1", "OPENAI_API_KEY", KeyState.SET));
    }

    private KeyState groq() {
        return keys.containsKey("GROQ_API_KEY") ? KeyState.SET : KeyState.MISSING;
    }

    @Override
    public UpstreamStatus one(String name) {
        return all().stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    @Override
    public UpstreamStatus add(Map<String, Object> keys, boolean confirmed) {
        throw new UnsupportedOperationException("none is added here");
    }

    @Override
    public UpstreamStatus change(String name, Map<String, Object> keys, boolean confirmed) {
        throw new UnsupportedOperationException("none is changed here");
    }

    @Override
    public void remove(String name) {
        throw new UnsupportedOperationException("none is removed here");
    }

    @Override
    public void setCredential(String name, String variable, Secret value) {
        if (value.value().contains(" ")) {
            throw new IllegalArgumentException("a key has no blanks");
        }
        keys.put(variable, value);
    }

    @Override
    public boolean removeCredential(String name, String variable) {
        return keys.remove(variable) != null;
    }

    @Override
    public List<ProviderFacts.Fact> facts(String name) {
        return List.of();
    }

    @Override
    public UpstreamTrial test(String name, boolean chosen, CancelToken cancel) {
        return new UpstreamTrial(
                true,
                new Connection(
                        name,
                        Verdict.PASS,
                        Reach.ANSWERED,
                        hal0.providers.probe.KeyState.ACCEPTED,
                        Duration.ofMillis(12),
                        2,
                        "",
                        200));
    }
}
