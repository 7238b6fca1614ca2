package hal0.cli.launch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/// opencode.
///
/// **Source** OPENCODE_CONFIG_CONTENT, a whole configuration that is merged over those of user and
/// project: opencode.ai/docs/config; a provider of one's own through `@ai-sdk/openai-compatible`,
/// which has to be told its models: opencode.ai/docs/providers. Read 2026-11-21.
record OpenCode() implements Tool {
    @Override
    public String name() {
        return "opencode";
    }

    @Override
    public String install() {
        return "npm install -g opencode-ai";
    }

    @Override
    public @Nullable String vendor() {
        return null;
    }

    @Override
    public Wiring wire(Setting setting) {
        ObjectNode config = new ObjectMapper().createObjectNode();
        ObjectNode provider = config.putObject("provider").putObject("hal0");
        provider.put("npm", "@ai-sdk/openai-compatible");
        provider.put("name", "hal0");
        provider.putObject("options").put("baseURL", setting.v1()).put("apiKey", setting.key());
        ObjectNode models = provider.putObject("models");
        for (String model : offered(setting)) {
            models.putObject(model).put("name", model);
        }
        if (setting.model() != null) {
            config.put("model", "hal0/" + setting.model());
            config.put("small_model", "hal0/" + setting.model());
        }
        return new Wiring().set("OPENCODE_CONFIG_CONTENT", config.toString());
    }

    /// The chosen one first.
    static SequencedSet<String> offered(Setting setting) {
        SequencedSet<String> models = new LinkedHashSet<>();
        if (setting.model() != null) {
            models.add(setting.model());
        }
        models.addAll(setting.models().get());
        return models;
    }
}
