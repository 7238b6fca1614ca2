package hal0.providers.script;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.Auth;
import hal0.providers.Endpoints;
import hal0.providers.Provider;
import hal0.providers.ScriptUse;
import hal0.providers.Secret;
import hal0.providers.client.ProviderScripts;
import hal0.providers.client.RequestBuilder;
import hal0.providers.config.BaseUrl;
import hal0.providers.error.Failure;
import hal0.providers.error.ProviderException;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Transport;
import hal0.providers.message.Protocol;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The scripts of all providers.
///
/// **Shape** nothing is read and no process is started before a provider with a script is used; a
/// file that changed is read again when its provider is used next. **Threads** any.
public final class LuaScripts implements ProviderScripts, AutoCloseable {
    private final ScriptFiles files;
    private final Transport transport;
    private final RequestBuilder requests;
    private final Map<String, RunningScript> running = new ConcurrentHashMap<>();

    /// `transport` carries the calls that scripts make themselves; no hook sees those.
    public LuaScripts(ScriptFiles files, Transport transport, RequestBuilder requests) {
        this.files = files;
        this.transport = transport;
        this.requests = requests;
    }

    @Override
    public Provider completed(Provider declared) {
        ScriptUse use = declared.script();
        if (use == null || use.completed()) {
            return declared;
        }
        try {
            RunningScript script = script(declared, use);
            return completed(declared, use, script.table(), script.inputs().key());
        } catch (ScriptException e) {
            throw failed(declared, "", e);
        }
    }

    private RunningScript script(Provider declared, ScriptUse use) {
        RunningScript.Inputs inputs =
                new RunningScript.Inputs(
                        declared, use.type(), use.url(), key(declared), use.allowHosts());
        RunningScript now = running.get(declared.id());
        if (now != null && now.inputs().equals(inputs)) {
            return now;
        }
        // Of two that come with the same news, one makes the new script; whose script is replaced
        // closes it, outside of the map, because that waits for who is inside.
        AtomicReference<@Nullable RunningScript> replaced = new AtomicReference<>();
        RunningScript current =
                running.compute(
                        declared.id(),
                        (_, other) -> {
                            if (other != null && other.inputs().equals(inputs)) {
                                return other;
                            }
                            replaced.set(other);
                            return fresh(inputs, use);
                        });
        RunningScript old = replaced.get();
        if (old != null) {
            old.close();
        }
        return current;
    }

    private RunningScript fresh(RunningScript.Inputs inputs, ScriptUse use) {
        return new RunningScript(
                inputs,
                () -> files.stamp(use.type()).orElse(null),
                () -> files.read(use.type()),
                transport);
    }

    private String key(Provider declared) {
        return requests.findKey(declared.toBuilder().auth(new Auth.BearerIfSet()).build())
                .orElse("");
    }

    /// What is declared wins where both say something, but for what the script is there to say.
    private static Provider completed(
            Provider declared, ScriptUse use, ScriptTable table, String key) {
        Map<String, String> headers = new LinkedHashMap<>();
        table.headers().forEach((name, value) -> headers.put(name, RequestBuilder.literal(value)));
        headers.putAll(declared.headers());
        Secret own =
                table.authKey().isEmpty() || table.authKey().equals(key)
                        ? null
                        : new Secret(table.authKey());
        return declared.toBuilder()
                .protocol(table.protocol())
                .baseUrl(address(declared, table))
                .auth(
                        switch (table.authType()) {
                            case NONE -> new Auth.None();
                            case BEARER -> new Auth.Bearer();
                            case X_API_KEY -> new Auth.XApiKey();
                        })
                .keyNames(own == null ? declared.keyNames() : List.of())
                .inlineKey(own == null ? declared.inlineKey() : own)
                .headers(headers)
                .endpoints(new Endpoints(table.chat(), table.models(), table.health()))
                .script(new ScriptUse(use.type(), use.url(), use.allowHosts(), true))
                .build();
    }

    private static URI address(Provider declared, ScriptTable table) {
        if (table.baseUrl().isEmpty()) {
            throw new ScriptException(
                    "base_url is empty: its script takes it from the declaration; add base_url under [providers.%s]"
                            .formatted(declared.id()));
        }
        try {
            return BaseUrl.parse(table.baseUrl());
        } catch (IllegalArgumentException e) {
            throw new ScriptException("base_url of its script: " + e.getMessage(), e);
        }
    }

    /// Calls a hook of a completed provider; null when its script has none of that name.
    ///
    /// **Errors** [ProviderException]: `Rejected` when the script refuses, `Misconfigured` when it
    /// fails.
    byte @Nullable [] call(
            Provider provider,
            String model,
            String hook,
            byte @Nullable [] argument,
            CancelToken cancel) {
        RunningScript script = running.get(provider.id());
        try {
            if (script == null || !script.table().has(hook)) {
                return null;
            }
            return script.call(hook, argument, cancel);
        } catch (RefusedByScript e) {
            throw new ProviderException.Rejected(
                    "%s: %s".formatted(provider.id(), e.getMessage()),
                    Failure.unanswered(provider.id(), model),
                    "script_refused");
        } catch (ScriptException e) {
            throw failed(provider, model, e);
        }
    }

    boolean has(Provider provider, String hook) {
        RunningScript script = running.get(provider.id());
        return script != null && script.table().has(hook);
    }

    static ProviderException failed(Provider provider, String model, ScriptException e) {
        return new ProviderException.Misconfigured(
                "%s: %s".formatted(provider.id(), e.getMessage()),
                Failure.unanswered(provider.id(), model),
                e);
    }

    @Override
    public byte[] models(Provider provider, byte[] list) {
        byte[] own = call(provider, "", "parse_models", list, new CancelToken());
        return own == null ? list : own;
    }

    @Override
    public Optional<Boolean> healthy(Provider provider) {
        byte[] own = call(provider, "", "health_check", null, new CancelToken());
        return own == null ? Optional.empty() : Optional.of(new String(own, UTF_8).equals("true"));
    }

    /// Tries again what did not load; changed files are noticed without it.
    public void reload() {
        running.values().forEach(RunningScript::retry);
    }

    /// Runs a script and says what it is, `url` being its `config.url`; no provider uses it.
    ///
    /// **Errors** [ScriptException].
    public static ScriptTable check(Path file, String url, Transport transport) {
        String name = file.getFileName().toString().replaceFirst("\\.lua$", "");
        ScriptFile read = ScriptFiles.read(file, name);
        Provider nobody =
                Provider.builder(name, Protocol.OPENAI, URI.create("script:checked")).build();
        RunningScript.Inputs inputs = new RunningScript.Inputs(nobody, name, url, "", List.of());
        try (RunningScript script = new RunningScript(inputs, read::stamp, () -> read, transport)) {
            return script.table();
        }
    }

    @Override
    public void close() {
        running.values().forEach(RunningScript::close);
    }
}
