package hal0.providers.openai;

import hal0.providers.Provider;
import hal0.providers.dialect.Feature;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose server it is, as far as servers of this protocol differ in what they take.
///
/// **Source** DeepSeek refuses the results of a call whose reasoning does not come back, and so
/// does Moonshot: librechat.ai/llms.mdx/docs/configuration/librechat_yaml/ai_endpoints/moonshot;
/// OpenRouter's `reasoning`, `reasoning_details` and `cache_control`: api/reference/overview.mdx in
/// OpenRouterTeam/docs, openrouter.ai/docs, AnthropicCacheControlDirective; its documents by
/// address: openrouter.ai/docs/features/multimodal/pdfs; Google's `extra_content`:
/// ai.google.dev/gemini-api/docs/thought-signatures. Read 2026-11-21.
enum Vendor {
    OPENAI,
    OPENROUTER,
    DEEPSEEK,
    MOONSHOT,
    GOOGLE,
    MISTRAL,
    OTHER;

    private static final Map<String, Vendor> DOMAINS =
            Map.of(
                    "api.openai.com", OPENAI,
                    "openai.azure.com", OPENAI,
                    "services.ai.azure.com", OPENAI,
                    "openrouter.ai", OPENROUTER,
                    "deepseek.com", DEEPSEEK,
                    "moonshot.ai", MOONSHOT,
                    "moonshot.cn", MOONSHOT,
                    "googleapis.com", GOOGLE,
                    "mistral.ai", MISTRAL);

    /// What a server of which nothing is known is not told.
    static final Set<Feature> NOWHERE =
            Set.of(
                    Feature.PLAIN_THINKING,
                    Feature.SIGNED_THINKING,
                    Feature.REDACTED_THINKING,
                    Feature.SIGNED_CALL,
                    Feature.IMAGE_BY_ID,
                    Feature.DOCUMENT_BY_URL,
                    Feature.AUDIO_BY_URL,
                    Feature.AUDIO_BY_ID,
                    Feature.MEDIA_FROM_MODEL,
                    Feature.RESULT_IMAGE,
                    Feature.RESULT_DOCUMENT,
                    Feature.RESULT_FAILED,
                    Feature.CACHE_MARK,
                    Feature.LONG_CACHE_MARK,
                    Feature.THINKING_BUDGET,
                    Feature.THINKING_SHOWN,
                    Feature.FOREIGN);

    private static final Set<Feature> ROUTED =
            Set.of(
                    Feature.PLAIN_THINKING,
                    Feature.SIGNED_THINKING,
                    Feature.REDACTED_THINKING,
                    Feature.DOCUMENT_BY_URL,
                    Feature.CACHE_MARK,
                    Feature.LONG_CACHE_MARK,
                    Feature.THINKING_BUDGET,
                    Feature.THINKING_SHOWN);

    static Vendor of(Provider provider) {
        String host = provider.baseUrl().getHost();
        if (host == null) {
            return OTHER;
        }
        String name = host.toLowerCase(Locale.ROOT);
        return DOMAINS.entrySet().stream()
                .filter(known -> name.equals(known.getKey()) || name.endsWith("." + known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(OTHER);
    }

    /// OpenAI's reasoning models refuse the old name; many compatible servers know no other.
    String limit() {
        return this == OPENAI ? "max_completion_tokens" : "max_tokens";
    }

    /// Whether fields are refused that OpenAI does not have.
    boolean strict() {
        return this == OPENAI || this == MISTRAL;
    }

    /// Whether thoughts go back as `reasoning_content`, and with the calls that they led to only;
    /// other servers refuse the field. One of the user's own asks for what its models need.
    boolean takesReasoningContent(Provider provider) {
        return this == DEEPSEEK || this == MOONSHOT || (this == OTHER && provider.local());
    }

    /// What of a request is left out for a model of this vendor.
    Set<Feature> cannotSay(Provider provider, String modelId) {
        Set<Feature> missing = EnumSet.copyOf(NOWHERE);
        if (takesReasoningContent(provider)) {
            missing.remove(Feature.PLAIN_THINKING);
        }
        if (this == OPENROUTER) {
            missing.removeAll(ROUTED);
        }
        if (this == GOOGLE) {
            missing.remove(Feature.SIGNED_CALL);
        }
        if (this == OPENAI) {
            GptModel gpt = GptModel.find(modelId);
            if (breaks(gpt)) {
                missing.remove(Feature.CACHE_MARK);
            }
            if (gpt != null && gpt.reasons()) {
                missing.add(Feature.PENALTIES);
                missing.add(Feature.STOP);
            } else if (gpt != null) {
                missing.add(Feature.EFFORT);
            }
        }
        if (strict()) {
            missing.add(Feature.TOP_K);
        }
        return missing;
    }

    static boolean breaks(@Nullable GptModel gpt) {
        return gpt != null && gpt.takesCacheBreakpoints();
    }
}
