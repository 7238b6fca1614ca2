package hal0.providers.anthropic;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a Claude of some version takes, as its name tells; the API refuses the rest.
///
/// **Shape** names as Anthropic, Bedrock, Vertex and OpenRouter write them; one without a number is
/// the newest. **Source** 3.7 is the first to think; 4.6 brings `adaptive`, 4.7 takes nothing else
/// and no sampling: docs.aws.amazon.com/bedrock/latest/userguide/claude-messages-adaptive-thinking,
/// github.com/NousResearch/hermes-agent/issues/11137; 4.1 takes one of temperature and top_p:
/// github.com/SalesforceAIResearch/MCP-Universe/issues/49; system messages in the conversation from
/// 4.8: github.com/simonw/llm-anthropic/issues/73. Read 2026-11-21.
record ClaudeModel(int major, int minor) {
    private static final Pattern VERSION =
            Pattern.compile("claude-(?:[a-z]+-)*(\\d+)(?:[-.](\\d{1,2})(?!\\d))?");
    private static final ClaudeModel NEWEST = new ClaudeModel(99, 0);

    /// The model of that name, null when it is no Claude.
    static @Nullable ClaudeModel find(String modelId) {
        String id = modelId.toLowerCase(Locale.ROOT);
        if (!id.contains("claude")) {
            return null;
        }
        Matcher version = VERSION.matcher(id);
        if (!version.find() || version.group(1).length() > 2) {
            return NEWEST;
        }
        String minor = version.group(2);
        return new ClaudeModel(
                Integer.parseInt(version.group(1)), minor == null ? 0 : Integer.parseInt(minor));
    }

    private boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    boolean thinks() {
        return isAtLeast(3, 7);
    }

    /// Whether it decides itself how much to think.
    boolean adapts() {
        return isAtLeast(4, 6);
    }

    /// Whether it refuses to be given a budget, and to be told not to think.
    boolean onlyAdapts() {
        return isAtLeast(4, 7);
    }

    boolean takesSampling() {
        return !isAtLeast(4, 7);
    }

    boolean takesTemperatureWithTopP() {
        return !isAtLeast(4, 1);
    }

    boolean takesLateSystem() {
        return isAtLeast(4, 8);
    }
}
