package hal0.providers;

import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import java.math.BigDecimal;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The providers that are known without being declared; a declaration of the same id fills in what
/// it leaves out from here.
///
/// **Source** base URLs of DeepSeek, Groq, Mistral, Together, xAI and Perplexity as in
/// litellm/constants.py in BerriAI/litellm, OpenRouter's as in api/reference/overview.mdx in
/// OpenRouterTeam/docs, read 2026-11-21; for the others no page was opened. Default models are ones
/// that the bundled catalog has, and DeepSeek's and the prices are those of hal0's own contract.
public final class Presets {
    /// The in-process provider that answers canned text.
    public static final String DEMO = "demo";

    /// The provider whose address only the user knows.
    public static final String CUSTOM = "custom";

    private static final String NO_ADDRESS = "custom:address-not-set";

    /// Variables that say where the custom preset is; the first that is set counts.
    public static final List<String> CUSTOM_BASE_URL =
            List.of("HAL0_CUSTOM_BASE_URL", "HAMR_CUSTOM_BASE_URL");

    /// Variables that move the openai preset elsewhere; the first that is set counts.
    public static final List<String> OPENAI_BASE_URL =
            List.of(
                    "HAL0_OPENAI_BASE_URL",
                    "HIVELOOM_OPENAI_BASE_URL",
                    "HIVELOOM_OPENAI_COMPAT_BASE_URL");

    private final Map<String, Provider> byId = new LinkedHashMap<>();

    private Presets() {}

    /// The table; `variables` may move the openai preset elsewhere, and say where the custom one
    /// is.
    public static Presets of(Function<String, Optional<String>> variables) {
        Presets presets = new Presets();
        presets.hosted(variables);
        presets.compatible();
        presets.local();
        presets.custom(variables);
        return presets;
    }

    /// The preset of that id, the custom one even where nobody has said its address.
    public Optional<Provider> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /// The presets that can be called as they are.
    public List<Provider> all() {
        return byId.values().stream().filter(Presets::hasAddress).toList();
    }

    /// Whether the address is known; only that of `custom` may not be.
    public static boolean hasAddress(Provider provider) {
        return !provider.baseUrl().toString().equals(NO_ADDRESS);
    }

    private void hosted(Function<String, Optional<String>> variables) {
        String openai = firstSet(OPENAI_BASE_URL, variables).orElse("https://api.openai.com/v1");
        keyed(
                "openai",
                Protocol.OPENAI,
                openai,
                new Auth.Bearer(),
                "OPENAI_API_KEY",
                "gpt-4o-mini");
        add(
                preset("anthropic", Protocol.ANTHROPIC, "https://api.anthropic.com")
                        .auth(new Auth.Anthropic())
                        .keyNames(List.of("ANTHROPIC_API_KEY"))
                        .defaultModel("claude-sonnet-4-5")
                        .presetPrice(price("3.00", "15.00", "0.30", "3.75", "6.00")));
        keyed(
                "google",
                Protocol.GEMINI,
                "https://generativelanguage.googleapis.com/v1beta",
                new Auth.GoogleQuery(),
                "GEMINI_API_KEY",
                "gemini-2.5-flash");
        add(
                preset("deepseek", Protocol.OPENAI, "https://api.deepseek.com/v1")
                        .auth(new Auth.Bearer())
                        .keyNames(List.of("DEEPSEEK_API_KEY"))
                        .defaultModel("deepseek-chat")
                        .presetPrice(Price.of("0.27", "1.10")));
        add(
                preset("groq", Protocol.OPENAI, "https://api.groq.com/openai/v1")
                        .auth(new Auth.Bearer())
                        .keyNames(List.of("GROQ_API_KEY"))
                        .defaultModel("llama-3.3-70b-versatile")
                        .presetPrice(Price.of("0.59", "0.79")));
    }

    private void compatible() {
        bearer("openrouter", "https://openrouter.ai/api/v1", "openai/gpt-4o-mini");
        bearer("mistral", "https://api.mistral.ai/v1", "mistral-small-latest");
        bearer(
                "together",
                "https://api.together.xyz/v1",
                "meta-llama/Llama-3.3-70B-Instruct-Turbo");
        bearer(
                "fireworks",
                "https://api.fireworks.ai/inference/v1",
                "accounts/fireworks/models/kimi-k2p6");
        bearer("cerebras", "https://api.cerebras.ai/v1", "gpt-oss-120b");
        bearer("xai", "https://api.x.ai/v1", "grok-4");
        bearer("perplexity", "https://api.perplexity.ai", "sonar");
    }

    private void local() {
        add(
                preset("litellm", Protocol.OPENAI, "http://127.0.0.1:4000")
                        .auth(new Auth.BearerIfSet())
                        .keyNames(List.of("LITELLM_API_KEY")));
        onThisMachine("relay", "http://127.0.0.1:1234/v1");
        onThisMachine("ollama", "http://127.0.0.1:11434/v1");
        onThisMachine("lmstudio", "http://127.0.0.1:1234/v1");
        onThisMachine("vllm", "http://127.0.0.1:8000/v1");
        onThisMachine("llamacpp", "http://127.0.0.1:8080/v1");
        add(
                preset(DEMO, Protocol.OPENAI, "demo:canned")
                        .local(true)
                        .models(List.of(ModelInfo.of("demo")))
                        .defaultModel("demo"));
    }

    private void custom(Function<String, Optional<String>> variables) {
        String address = firstSet(CUSTOM_BASE_URL, variables).orElse(NO_ADDRESS);
        add(
                preset(CUSTOM, Protocol.OPENAI, address)
                        .auth(new Auth.BearerIfSet())
                        .keyNames(List.of("CUSTOM_API_KEY")));
    }

    private static Optional<String> firstSet(
            List<String> names, Function<String, Optional<String>> variables) {
        return names.stream().flatMap(name -> variables.apply(name).stream()).findFirst();
    }

    private void bearer(String id, String baseUrl, String model) {
        String key = id.toUpperCase(java.util.Locale.ROOT) + "_API_KEY";
        keyed(id, Protocol.OPENAI, baseUrl, new Auth.Bearer(), key, model);
    }

    private void keyed(
            String id, Protocol protocol, String baseUrl, Auth auth, String key, String model) {
        add(preset(id, protocol, baseUrl).auth(auth).keyNames(List.of(key)).defaultModel(model));
    }

    private void onThisMachine(String id, String baseUrl) {
        add(preset(id, Protocol.OPENAI, baseUrl).local(true));
    }

    private void add(ProviderBuilder builder) {
        Provider provider = builder.build();
        byId.put(provider.id(), provider);
    }

    private static ProviderBuilder preset(String id, Protocol protocol, String baseUrl) {
        return Provider.builder(id, protocol, URI.create(baseUrl));
    }

    private static Price price(
            String input,
            String output,
            String cached,
            @Nullable String write,
            @Nullable String write1h) {
        return new Price(
                new BigDecimal(input),
                new BigDecimal(output),
                new BigDecimal(cached),
                write == null ? null : new BigDecimal(write),
                write1h == null ? null : new BigDecimal(write1h));
    }
}
