package hal0.relay.control;

import hal0.home.config.Setting;
import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.config.Declared;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// All that holds for one provider, each with where it comes from.
///
/// **Shape** an origin is a place in a file, `preset` or `default`. Keys and the values of headers
/// are never among the facts, only their names and whether they are set.
public final class ProviderFacts {

    /// One of them. A null value is an unknown one.
    public record Fact(String key, @Nullable Object value, String origin) {}

    private static final Provider PLAIN =
            Provider.builder("", Protocol.OPENAI, URI.create("plain:none")).build();

    private final Provider provider;
    private final Optional<Provider> preset;
    private final Optional<Declared> declared;
    private final List<Setting> settings;
    private final List<Fact> facts = new ArrayList<>();

    private ProviderFacts(
            Provider provider,
            Optional<Provider> preset,
            Optional<Declared> declared,
            List<Setting> settings) {
        this.provider = provider;
        this.preset = preset;
        this.declared = declared;
        this.settings = settings;
    }

    /// `isSet` tells which variables have a value.
    public static List<Fact> of(
            Provider provider,
            Optional<Provider> preset,
            Optional<Declared> declared,
            List<Setting> settings,
            Predicate<String> isSet) {
        ProviderFacts all = new ProviderFacts(provider, preset, declared, settings);
        all.call(isSet);
        all.limits();
        all.prices();
        all.models();
        return all.facts;
    }

    private void call(Predicate<String> isSet) {
        if (provider.script() != null) {
            add("type", "", provider.script().type(), Provider::script);
            add("allow_hosts", "", provider.script().allowHosts(), Provider::script);
        }
        add("compatibility", "protocol", provider.protocol().key(), Provider::protocol);
        add("base_url", "url", provider.baseUrl().toString(), Provider::baseUrl);
        add("auth_style", "auth_style", style(provider.auth()), Provider::auth);
        if (provider.auth() instanceof Auth.Header(var name)) {
            add("auth_header", "auth_header", name, Provider::auth);
        }
        List<String> names =
                provider.keyNames().stream()
                        .map(name -> name + (isSet.test(name) ? " (set)" : " (not set)"))
                        .toList();
        add("api_key_env", "auth_value_env", names, Provider::keyNames);
        if (provider.inlineKey() != null) {
            add("api_key", "", provider.inlineKey().toString(), Provider::inlineKey);
        }
        provider.query().keySet().stream()
                .sorted()
                .forEach(name -> masked("query." + name, Provider::query));
        provider.headers().keySet().stream()
                .sorted()
                .forEach(name -> masked("headers." + name, Provider::headers));
        if (provider.proxy() != null) {
            String proxy = provider.proxy().getHost() + ":" + provider.proxy().getPort();
            add("proxy", "", proxy, Provider::proxy);
        }
    }

    private void limits() {
        Timeouts timeouts = provider.timeouts();
        seconds("connect_timeout_seconds", timeouts.connect(), Timeouts::connect);
        seconds("first_token_timeout_seconds", timeouts.firstToken(), Timeouts::firstToken);
        seconds("idle_timeout_seconds", timeouts.idle(), Timeouts::idle);
        seconds("timeout_seconds", timeouts.total(), Timeouts::total);
        add("retries", "", provider.retries(), Provider::retries);
        add("max_concurrent", "", provider.maxConcurrent(), Provider::maxConcurrent);
        add("local", "", provider.local(), Provider::local);
        add("inject_usage", "", provider.injectUsage(), Provider::injectUsage);
        add(
                "advertise_models",
                "advertise_models",
                provider.advertiseModels(),
                Provider::advertiseModels);
        add(
                "model_filters.include",
                "model_filters.include",
                provider.filters().include(),
                Provider::filters);
        add(
                "model_filters.exclude",
                "model_filters.exclude",
                provider.filters().exclude(),
                Provider::filters);
    }

    private void seconds(String key, Duration value, Function<Timeouts, Duration> of) {
        add(key, key, value.toMillis() / 1000.0, other -> of.apply(other.timeouts()));
    }

    private void prices() {
        Price shown = provider.price().orElse(provider.presetPrice());
        price("input", shown.input(), Price::input);
        price("output", shown.output(), Price::output);
        price("cached_input", shown.cachedInput(), Price::cachedInput);
        price("cache_write", shown.cacheWrite(), Price::cacheWrite);
        price("cache_write_1h", shown.cacheWrite1h(), Price::cacheWrite1h);
    }

    private void price(
            String kind, @Nullable BigDecimal value, Function<Price, @Nullable BigDecimal> of) {
        String key = kind + "_price_per_1m_tokens";
        add(key, "", value, other -> of.apply(other.price().orElse(other.presetPrice())));
    }

    private void models() {
        if (!provider.models().isEmpty()) {
            List<String> ids = provider.models().stream().map(ModelInfo::id).toList();
            facts.add(new Fact("models", ids, originOf("models[0].id", "", Provider::models)));
        }
        if (provider.defaultModel() != null) {
            add("default_model", "", provider.defaultModel(), Provider::defaultModel);
        }
    }

    /// `key` is the name in config.toml, `listedKey` that in upstreams.toml, empty where that has
    /// none.
    private void add(
            String key,
            String listedKey,
            @Nullable Object value,
            Function<Provider, @Nullable Object> part) {
        facts.add(new Fact(key, value, originOf(key, listedKey, part)));
    }

    /// What may hold a key, as `hal0 config show` shows it: what only names a variable is no
    /// secret.
    private void masked(String key, Function<Provider, @Nullable Object> part) {
        String shown =
                declared.flatMap(entry -> setting(entry, key))
                        .map(Setting::value)
                        .orElse("(hidden)");
        boolean quoted = shown.length() > 1 && shown.startsWith("\"") && shown.endsWith("\"");
        add(key, "", quoted ? shown.substring(1, shown.length() - 1) : shown, part);
    }

    private String originOf(
            String key, String listedKey, Function<Provider, @Nullable Object> part) {
        Optional<String> written =
                declared.flatMap(entry -> written(entry, entry.isNamed() ? key : listedKey));
        if (written.isPresent()) {
            return written.get();
        }
        Object own = part.apply(provider);
        boolean usual = Objects.equals(own, part.apply(PLAIN));
        boolean fromPreset =
                !usual && preset.filter(p -> Objects.equals(part.apply(p), own)).isPresent();
        return fromPreset ? "preset" : "default";
    }

    private Optional<String> written(Declared entry, String key) {
        return setting(entry, key)
                .map(Setting::origin)
                .filter(origin -> origin.startsWith(entry.file()));
    }

    private Optional<Setting> setting(Declared entry, String key) {
        String path = entry.path() + "." + key;
        return settings.stream().filter(setting -> setting.path().equals(path)).findFirst();
    }

    private static String style(Auth auth) {
        return switch (auth) {
            case Auth.Bearer _ -> "bearer";
            case Auth.BearerIfSet _ -> "bearer (where a key is set)";
            case Auth.Anthropic _ -> "anthropic";
            case Auth.XApiKey _ -> "x-api-key";
            case Auth.Header _ -> "header";
            case Auth.GoogleQuery _ -> "google_query";
            case Auth.None _ -> "none";
        };
    }
}
