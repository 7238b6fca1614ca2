package hal0.providers.imported;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the prefix of a LiteLLM model means here.
///
/// **Shape** `id` is that of a preset where `baseUrl` is null; `keyNames` are the variables that
/// LiteLLM reads where a deployment names none, empty where the preset's are the same; `suffix`
/// stands between the address that LiteLLM is given and the one that hal0 wants.
///
/// **Source** get_llm_provider_logic.py and constants.py in BerriAI/litellm, read 2026-11-21.
record LiteLlmProvider(
        String id, @Nullable String baseUrl, List<String> keyNames, String suffix, boolean here) {
    private static final Map<String, LiteLlmProvider> BY_PREFIX = table();

    private static Map<String, LiteLlmProvider> table() {
        Map<String, LiteLlmProvider> table = new HashMap<>();
        for (String same :
                List.of(
                        "openai",
                        "anthropic",
                        "deepseek",
                        "openrouter",
                        "groq",
                        "mistral",
                        "cerebras",
                        "xai")) {
            table.put(same, hosted(same, null));
        }
        table.put("custom_openai", hosted("openai", null));
        table.put("gemini", hosted("google", null, "GEMINI_API_KEY", "GOOGLE_API_KEY"));
        table.put(
                "together_ai",
                hosted(
                        "together",
                        null,
                        "TOGETHER_API_KEY",
                        "TOGETHER_AI_API_KEY",
                        "TOGETHERAI_API_KEY"));
        table.put(
                "fireworks_ai",
                hosted("fireworks", null, "FIREWORKS_API_KEY", "FIREWORKS_AI_API_KEY"));
        table.put(
                "perplexity",
                hosted("perplexity", null, "PERPLEXITY_API_KEY", "PERPLEXITYAI_API_KEY"));
        other(table, "codestral", "https://codestral.mistral.ai/v1");
        other(table, "nvidia_nim", "https://integrate.api.nvidia.com/v1");
        other(table, "deepinfra", "https://api.deepinfra.com/v1/openai");
        other(table, "sambanova", "https://api.sambanova.ai/v1");
        other(table, "moonshot", "https://api.moonshot.ai/v1");
        other(table, "hyperbolic", "https://api.hyperbolic.xyz/v1");
        table.put(
                "meta_llama",
                hosted("meta-llama", "https://api.llama.com/compat/v1", "LLAMA_API_KEY"));
        table.put("ollama", new LiteLlmProvider("ollama", null, List.of(), "/v1", true));
        table.put("ollama_chat", new LiteLlmProvider("ollama", null, List.of(), "/v1", true));
        table.put("lm_studio", new LiteLlmProvider("lmstudio", null, List.of(), "", true));
        table.put("hosted_vllm", new LiteLlmProvider("vllm", null, List.of(), "", true));
        table.put("llamafile", new LiteLlmProvider("llamacpp", null, List.of(), "", true));
        table.put(
                "litellm_proxy",
                new LiteLlmProvider("litellm", null, List.of("LITELLM_PROXY_API_KEY"), "", true));
        return Map.copyOf(table);
    }

    private static LiteLlmProvider hosted(String id, @Nullable String baseUrl, String... keys) {
        return new LiteLlmProvider(id, baseUrl, List.of(keys), "", false);
    }

    private static void other(Map<String, LiteLlmProvider> table, String prefix, String baseUrl) {
        String key = Keys.variable(prefix, "API_KEY");
        table.put(prefix, hosted(prefix.replace('_', '-'), baseUrl, key));
    }

    static Optional<LiteLlmProvider> find(String prefix) {
        return Optional.ofNullable(BY_PREFIX.get(prefix));
    }

    /// LiteLLM knows the makers of common models by name where no prefix is written.
    static @Nullable String prefixOf(String bareModel) {
        if (bareModel.startsWith("claude-")) {
            return "anthropic";
        }
        boolean openAi =
                bareModel.equals("*")
                        || bareModel.matches("(gpt-|chatgpt-|o\\d|text-embedding-|ft:gpt-).*");
        return openAi ? "openai" : null;
    }
}
