package hal0.providers.imported;

import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One item of LiteLLM's `model_list`: which provider it becomes, and which of its models it is.
///
/// **Source** docs/proxy/configs.md, docs/proxy/custom_pricing.md and
/// model_prices_and_context_window .json in BerriAI/litellm, read 2026-11-21. Azure's paths:
/// learn.microsoft.com, "API version lifecycle", read 2026-11-21.
final class LiteLlmDeployment {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /// Their key and ours, in the order in which ours are written.
    private static final List<Map.Entry<String, String>> PRICES =
            List.of(
                    Map.entry("input_cost_per_token", "input_price_per_1m_tokens"),
                    Map.entry("output_cost_per_token", "output_price_per_1m_tokens"),
                    Map.entry("cache_read_input_token_cost", "cached_input_price_per_1m_tokens"),
                    Map.entry("cache_creation_input_token_cost", "cache_write_price_per_1m_tokens"),
                    Map.entry(
                            "cache_creation_input_token_cost_above_1hr",
                            "cache_write_1h_price_per_1m_tokens"));

    private static final List<Map.Entry<String, String>> FLAGS =
            List.of(
                    Map.entry("supports_reasoning", "supports_thinking"),
                    Map.entry("supports_function_calling", "supports_tools"),
                    Map.entry("supports_vision", "supports_images"),
                    Map.entry("supports_assistant_prefill", "supports_prefill"));

    private final Reader reader;
    private final Map<String, Node> credentials;
    private final @Nullable BigDecimal usualTimeout;

    LiteLlmDeployment(
            Reader reader, Map<String, Node> credentials, @Nullable BigDecimal usualTimeout) {
        this.reader = reader;
        this.credentials = credentials;
        this.usualTimeout = usualTimeout;
    }

    /// **Shape** a null weight where LiteLLM has none; `model` may be `*`.
    record Target(String provider, String model, @Nullable Long weight) {
        String name() {
            return provider + "/" + model;
        }
    }

    /// Empty for what hal0 does not speak to, which is noted.
    Optional<Target> read(Node item) {
        Node parameters = item.at("litellm_params");
        Node modelNode = parameters.at("model");
        String written = modelNode.text();
        if (written == null || written.isBlank()) {
            item.noted("has no litellm_params.model");
            return Optional.empty();
        }
        String custom = parameters.at("custom_llm_provider").text();
        String prefix = custom != null ? custom : prefix(written);
        String model =
                written.startsWith(prefix + "/") ? written.substring(prefix.length() + 1) : written;
        Optional<LiteLlmProvider> known = LiteLlmProvider.find(prefix);
        if (known.isPresent()) {
            return usual(item, known.get(), model);
        }
        if (prefix.equals("azure")) {
            return azure(item, model);
        }
        modelNode.noted(
                prefix.isEmpty()
                        ? "names no provider, and nothing tells which one it means"
                        : "is of \"%s\", which hal0 does not speak to".formatted(prefix));
        return notTaken(item);
    }

    /// The cause is told; what would have followed is not.
    private static Optional<Target> notTaken(Node item) {
        item.at("litellm_params").fields().values().forEach(Node::passOver);
        item.at("model_info").passOver();
        return Optional.empty();
    }

    private static String prefix(String model) {
        int slash = model.indexOf('/');
        String prefix = slash < 0 ? LiteLlmProvider.prefixOf(model) : model.substring(0, slash);
        return prefix == null ? "" : prefix;
    }

    private Optional<Target> usual(Node item, LiteLlmProvider known, String model) {
        Node parameters = item.at("litellm_params");
        Node given = value(parameters, "api_base", "base_url");
        Address address = Address.of(given, reader.keys());
        if (address == null && given.exists()) {
            return notTaken(item);
        }
        Optional<Provider> preset = reader.preset(known.id());
        if (address != null) {
            address = known.suffix().isEmpty() ? address : address.plus(known.suffix());
            address = isOf(preset, address) ? null : address;
        }
        boolean responses = model.startsWith("responses/");
        String id = address == null || known.here() ? known.id() : address.name();
        id = responses ? id + "-responses" : id;
        Draft draft = new Draft();
        draft.set("compatibility", compatibility(id, preset, responses));
        draft.set("base_url", baseUrl(id, known, preset, address));
        if (address != null) {
            draft.query(address.query());
        }
        draft.set("api_key_env", keyNames(parameters, id, known, preset, address != null));
        String name = responses ? model.substring("responses/".length()) : model;
        return Optional.of(finished(item, draft, id, name));
    }

    private static boolean isOf(Optional<Provider> preset, Address address) {
        return preset.filter(p -> p.baseUrl().toString().equals(address.url())).isPresent();
    }

    private @Nullable String compatibility(
            String id, Optional<Provider> preset, boolean responses) {
        if (responses) {
            return Protocol.RESPONSES.key();
        }
        Protocol meant = preset.map(Provider::protocol).orElse(Protocol.OPENAI);
        Protocol usual = reader.preset(id).map(Provider::protocol).orElse(Protocol.OPENAI);
        return meant == usual ? null : meant.key();
    }

    private @Nullable String baseUrl(
            String id,
            LiteLlmProvider known,
            Optional<Provider> preset,
            @Nullable Address address) {
        if (address != null) {
            return address.url();
        }
        if (reader.preset(id).isPresent()) {
            return null;
        }
        return known.baseUrl() != null
                ? known.baseUrl()
                : preset.map(p -> p.baseUrl().toString()).orElse(null);
    }

    /// Where the file names no key, LiteLLM takes its own variable. That is not done for another
    /// address: it would tell the key to whoever answers there.
    private @Nullable Object keyNames(
            Node parameters,
            String id,
            LiteLlmProvider known,
            Optional<Provider> preset,
            boolean elsewhere) {
        Node given = value(parameters, "api_key");
        List<String> usual = reader.preset(id).map(Provider::keyNames).orElse(List.of());
        if (given.exists()) {
            String name = reader.keys().of(given, reader.keyVariable(id));
            return name == null || usual.equals(List.of(name)) ? null : name;
        }
        List<String> names = known.keyNames();
        if (names.isEmpty() && usual.isEmpty()) {
            names = preset.map(Provider::keyNames).orElse(List.of());
        }
        return elsewhere || names.equals(usual)
                ? null
                : names.size() == 1 ? names.getFirst() : names;
    }

    private Optional<Target> azure(Node item, String written) {
        Node parameters = item.at("litellm_params");
        String model = written.replaceFirst("^(responses|o_series|gpt5_series)/", "");
        Node given = value(parameters, "api_base", "base_url");
        Address address = Address.of(given, reader.keys());
        if (address == null) {
            if (!given.exists()) {
                parameters.noted("has no api_base: the address of the Azure resource");
            }
            return notTaken(item);
        }
        String version = value(parameters, "api_version").text();
        Draft draft = new Draft();
        boolean dated = version != null && Keys.reference(version) == null;
        String root = address.url().replaceFirst("/openai(/.*)?$", "");
        boolean responses = written.startsWith("responses/") && !dated;
        draft.set("compatibility", responses ? Protocol.RESPONSES.key() : null);
        draft.set("base_url", dated ? root + "/openai/deployments/" + model : root + "/openai/v1");
        String key = reader.keys().of(value(parameters, "api_key"), "AZURE_API_KEY");
        draft.set("api_key_env", key == null ? "AZURE_API_KEY" : key);
        draft.set("auth_style", "header").set("auth_header", "api-key");
        draft.query(address.query());
        if (dated) {
            draft.query(Map.of("api-version", version));
        }
        String id = dated ? "azure-" + model.replaceAll("[\\s/]+", "-") : "azure";
        return Optional.of(finished(item, draft, responses ? id + "-responses" : id, model));
    }

    private Target finished(Node item, Draft draft, String wanted, String model) {
        Node parameters = item.at("litellm_params");
        BigDecimal timeout = parameters.at("timeout").number();
        draft.set("timeout_seconds", timeout == null ? usualTimeout : timeout);
        draft.set("first_token_timeout_seconds", parameters.at("stream_timeout").number());
        draft.set("retries", retries(parameters.at("max_retries")));
        draft.set("max_concurrent", parameters.at("max_parallel_requests").count());
        String organization =
                parameters.at("organization").isList()
                        ? null
                        : parameters.at("organization").text();
        if (organization != null) {
            draft.header("OpenAI-Organization", organization);
        }
        for (String table : List.of("headers", "extra_headers")) {
            if (parameters.has(table)) {
                parameters
                        .at(table)
                        .fields()
                        .forEach((name, value) -> {
                            String text = reader.keys().header(value, name, wanted);
                            if (text != null) {
                                draft.header(name, text);
                            }
                        });
            }
        }
        String id = reader.add(wanted, draft);
        Map<String, Object> known = known(item);
        if (!model.contains("*") && (!known.isEmpty() || reader.preset(id).isEmpty())) {
            reader.draft(id).model(model, known);
        }
        return new Target(id, model, weight(parameters));
    }

    static @Nullable Long retries(Node node) {
        BigDecimal number = node.number();
        return number == null ? null : Long.valueOf(Math.clamp(number.longValue(), 0L, 10L));
    }

    /// What LiteLLM shares the load by: hal0 limits no provider to so many requests a minute.
    private static @Nullable Long weight(Node parameters) {
        Long weight = parameters.at("weight").count();
        Long rpm = parameters.at("rpm").count();
        Long tpm = parameters.at("tpm").count();
        return weight != null ? weight : rpm != null ? rpm : tpm;
    }

    private static Map<String, Object> known(Node item) {
        Node info = item.has("model_info") ? item.at("model_info") : item.at("litellm_params");
        Node parameters = item.at("litellm_params");
        Map<String, Object> known = new LinkedHashMap<>();
        info.at("id").passOver();
        put(known, "context_window", info.at("max_input_tokens").count());
        Long most = info.at("max_output_tokens").count();
        put(
                known,
                "max_output_tokens",
                most != null || info == parameters ? most : info.at("max_tokens").count());
        FLAGS.forEach(flag -> put(known, flag.getValue(), info.at(flag.getKey()).flag()));
        for (Map.Entry<String, String> price : PRICES) {
            BigDecimal own = parameters.at(price.getKey()).number();
            BigDecimal perToken = own == null ? info.at(price.getKey()).number() : own;
            put(known, price.getValue(), perToken == null ? null : perMillion(perToken));
        }
        return known;
    }

    private static BigDecimal perMillion(BigDecimal perToken) {
        BigDecimal stripped = perToken.multiply(MILLION).stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static void put(Map<String, Object> map, String key, @Nullable Object value) {
        if (value != null) {
            map.put(key, value);
        }
    }

    /// The first of these that is there, here or in the credential that the deployment names.
    private Node value(Node parameters, String... names) {
        for (String name : names) {
            if (parameters.has(name)) {
                return parameters.at(name);
            }
        }
        String credential = parameters.at("litellm_credential_name").text();
        Node values = credential == null ? null : credentials.get(credential);
        if (values == null && credential != null) {
            parameters
                    .at("litellm_credential_name")
                    .noted("is not in credential_list of this file");
        }
        for (String name : names) {
            if (values != null && values.has(name)) {
                return values.at(name);
            }
        }
        return parameters.at(names[0]);
    }
}
