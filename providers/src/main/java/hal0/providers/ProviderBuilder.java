package hal0.providers;

import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes a [Provider] from the parts that differ from the defaults.
///
/// **Threads** one.
public final class ProviderBuilder {
    private final String id;
    private boolean enabled = true;
    private Protocol protocol;
    private URI baseUrl;
    private Auth auth = new Auth.None();
    private List<String> keyNames = List.of();
    private @Nullable Secret inlineKey;
    private Map<String, String> headers = Map.of();
    private Map<String, String> query = Map.of();
    private Timeouts timeouts = Timeouts.DEFAULT;
    private int retries = 2;
    private int maxConcurrent;
    private boolean local;
    private boolean advertiseModels = true;
    private boolean injectUsage = true;
    private @Nullable URI proxy;
    private List<ModelInfo> models = List.of();
    private @Nullable String defaultModel;
    private Price price = Price.UNKNOWN;
    private Price presetPrice = Price.UNKNOWN;
    private ModelFilters filters = ModelFilters.ALL;
    private @Nullable ScriptUse script;
    private Endpoints endpoints = Endpoints.USUAL;

    ProviderBuilder(String id, Protocol protocol, URI baseUrl) {
        this.id = id;
        this.protocol = protocol;
        this.baseUrl = baseUrl;
    }

    ProviderBuilder(Provider from) {
        this(from.id(), from.protocol(), from.baseUrl());
        enabled = from.enabled();
        auth = from.auth();
        keyNames = from.keyNames();
        inlineKey = from.inlineKey();
        headers = from.headers();
        query = from.query();
        timeouts = from.timeouts();
        retries = from.retries();
        maxConcurrent = from.maxConcurrent();
        local = from.local();
        advertiseModels = from.advertiseModels();
        injectUsage = from.injectUsage();
        proxy = from.proxy();
        models = from.models();
        defaultModel = from.defaultModel();
        price = from.price();
        presetPrice = from.presetPrice();
        filters = from.filters();
        script = from.script();
        endpoints = from.endpoints();
    }

    public ProviderBuilder enabled(boolean value) {
        enabled = value;
        return this;
    }

    public ProviderBuilder protocol(Protocol value) {
        protocol = value;
        return this;
    }

    public ProviderBuilder baseUrl(URI value) {
        baseUrl = value;
        return this;
    }

    public ProviderBuilder auth(Auth value) {
        auth = value;
        return this;
    }

    public ProviderBuilder keyNames(List<String> value) {
        keyNames = value;
        return this;
    }

    public ProviderBuilder inlineKey(@Nullable Secret value) {
        inlineKey = value;
        return this;
    }

    public ProviderBuilder headers(Map<String, String> value) {
        headers = value;
        return this;
    }

    public ProviderBuilder query(Map<String, String> value) {
        query = value;
        return this;
    }

    public ProviderBuilder timeouts(Timeouts value) {
        timeouts = value;
        return this;
    }

    public ProviderBuilder retries(int value) {
        retries = value;
        return this;
    }

    public ProviderBuilder maxConcurrent(int value) {
        maxConcurrent = value;
        return this;
    }

    public ProviderBuilder local(boolean value) {
        local = value;
        return this;
    }

    public ProviderBuilder advertiseModels(boolean value) {
        advertiseModels = value;
        return this;
    }

    public ProviderBuilder injectUsage(boolean value) {
        injectUsage = value;
        return this;
    }

    public ProviderBuilder proxy(@Nullable URI value) {
        proxy = value;
        return this;
    }

    public ProviderBuilder models(List<ModelInfo> value) {
        models = value;
        return this;
    }

    public ProviderBuilder defaultModel(@Nullable String value) {
        defaultModel = value;
        return this;
    }

    public ProviderBuilder presetPrice(Price value) {
        presetPrice = value;
        return this;
    }

    public ProviderBuilder price(Price value) {
        price = value;
        return this;
    }

    public ProviderBuilder filters(ModelFilters value) {
        filters = value;
        return this;
    }

    public ProviderBuilder script(@Nullable ScriptUse value) {
        script = value;
        return this;
    }

    public ProviderBuilder endpoints(Endpoints value) {
        endpoints = value;
        return this;
    }

    public Provider build() {
        return new Provider(
                id,
                enabled,
                protocol,
                baseUrl,
                auth,
                keyNames,
                inlineKey,
                headers,
                query,
                timeouts,
                retries,
                maxConcurrent,
                local,
                advertiseModels,
                injectUsage,
                proxy,
                models,
                defaultModel,
                price,
                presetPrice,
                filters,
                script,
                endpoints);
    }
}
