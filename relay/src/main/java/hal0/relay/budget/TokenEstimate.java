package hal0.relay.budget;

import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Tool;
import java.util.List;

/// Guesses how many tokens a request has, from its bytes, before anybody counted them.
///
/// **Shape** four bytes are a token, which is near for English and JSON and too few for other
/// scripts. A long run of letters, digits, `+` and `/` without a break is an encoded picture or
/// document, and counts as one picture. **Source** a picture of 1 092 x 1 092 points is some 1 590
/// tokens: docs.anthropic.com/en/docs/build-with-claude/vision, read 2026-11-21.
public final class TokenEstimate {
    private static final int BYTES_PER_TOKEN = 4;
    private static final int LONG_RUN = 2048;
    private static final int PICTURE = 1600;

    private TokenEstimate() {}

    /// **Units** tokens.
    public static long of(byte[] body) {
        long plain = 0;
        long pictures = 0;
        int run = 0;
        for (byte b : body) {
            if (isEncoded(b)) {
                run++;
                continue;
            }
            if (run >= LONG_RUN) {
                pictures++;
            } else {
                plain += run;
            }
            run = 0;
            plain++;
        }
        return (plain + run) / BYTES_PER_TOKEN + pictures * PICTURE;
    }

    /// The same of a request that is not written yet.
    public static long of(ChatRequest request) {
        long characters = 0;
        long pictures = 0;
        for (Tool tool : request.tools()) {
            characters += tool.schema().length() + tool.name().length();
            characters += tool.description() == null ? 0 : tool.description().length();
        }
        for (Message message : request.messages()) {
            characters += characters(message.parts());
            pictures += pictures(message.parts());
        }
        return characters / BYTES_PER_TOKEN + pictures * PICTURE;
    }

    private static long characters(List<Part> parts) {
        long sum = 0;
        for (Part part : parts) {
            sum +=
                    switch (part) {
                        case Part.Text(var text) -> text.length();
                        case Part.Thinking(var text, _) -> text.length();
                        case Part.ToolCall call -> call.arguments().length();
                        case Part.ToolResult result -> characters(result.content());
                        case Part.Opaque opaque -> opaque.json().length();
                        case Part.RedactedThinking _,
                                Part.Image _,
                                Part.Document _,
                                Part.Audio _,
                                Part.Cache _ ->
                                0;
                    };
        }
        return sum;
    }

    private static long pictures(List<Part> parts) {
        long sum = 0;
        for (Part part : parts) {
            if (part instanceof Part.ToolResult result) {
                sum += pictures(result.content());
            } else if (part instanceof Part.Image || part instanceof Part.Document) {
                sum++;
            }
        }
        return sum;
    }

    private static boolean isEncoded(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '+'
                || b == '/';
    }
}
