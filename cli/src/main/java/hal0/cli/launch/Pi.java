package hal0.cli.launch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// pi.
///
/// **Source** `-e FILE` loads an extension for a run, which may register a provider with its
/// models; `--provider` and `--model` choose: packages/coding-agent/docs/custom-provider.md and
/// README.md in badlogic/pi-mono, read 2026-11-21.
record Pi() implements Tool {
    /// What is not known of a model and has to be said: pi compacts a conversation by the window.
    private static final int USUAL_WINDOW = 128_000;

    private static final int USUAL_ANSWER = 16_384;

    @Override
    public String name() {
        return "pi";
    }

    @Override
    public String install() {
        return "npm install -g @mariozechner/pi-coding-agent";
    }

    @Override
    public @Nullable String vendor() {
        return null;
    }

    @Override
    public Wiring wire(Setting setting) {
        ArrayNode models = new ObjectMapper().createArrayNode();
        for (String id : OpenCode.offered(setting)) {
            ObjectNode model = models.addObject();
            model.put("id", id).put("name", id).put("reasoning", false);
            model.putArray("input").add("text").add("image");
            // The relay knows what it costs; `hal0 usage` tells.
            model.putObject("cost")
                    .put("input", 0)
                    .put("output", 0)
                    .put("cacheRead", 0)
                    .put("cacheWrite", 0);
            model.put("contextWindow", USUAL_WINDOW).put("maxTokens", USUAL_ANSWER);
        }
        Path file = setting.folder().resolve("hal0-for-pi.ts");
        String extension =
                """
                export default function (pi) {
                  pi.registerProvider("hal0", {
                    baseUrl: "%s",
                    apiKey: process.env.%s,
                    api: "openai-completions",
                    models: %s,
                  });
                }
                """
                        .formatted(setting.v1(), KEY, models);
        Wiring wiring =
                new Wiring()
                        .set(KEY, setting.key())
                        .file(file, extension)
                        .arguments("-e", file.toString(), "--provider", "hal0");
        if (setting.model() != null) {
            wiring.arguments("--model", setting.model());
        }
        return wiring;
    }
}
