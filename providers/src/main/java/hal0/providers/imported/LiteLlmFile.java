package hal0.providers.imported;

import hal0.providers.imported.LiteLlmDeployment.Target;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// LiteLLM's proxy configuration: the deployments of `model_list` become providers, their names,
/// aliases and fallbacks routes.
///
/// **Source** docs/proxy/configs.md in BerriAI/litellm, read 2026-11-21.
final class LiteLlmFile {
    private static final String OTHER = "is no setting of a provider";

    private final Reader reader;

    LiteLlmFile(Reader reader) {
        this.reader = reader;
    }

    void read(Node root) {
        Node router = root.at("router_settings");
        Node library = root.at("litellm_settings");
        BigDecimal timeout = library.at("request_timeout").number();
        BigDecimal own = router.at("timeout").number();
        LiteLlmDeployment deployments =
                new LiteLlmDeployment(reader, credentials(root), own == null ? timeout : own);
        Map<String, List<Target>> groups = new LinkedHashMap<>();
        for (Node item : root.at("model_list").items()) {
            String name = item.at("model_name").text();
            deployments.read(item).ifPresent(target -> group(groups, item, name, target));
        }
        new LiteLlmRoutes(reader, groups).read(router, library);
        if (root.has("environment_variables")) {
            environment(root.at("environment_variables"));
        }
        root.fields().values().forEach(other -> other.notedUnlessUnderstood(OTHER));
    }

    private static Map<String, Node> credentials(Node root) {
        Map<String, Node> byName = new LinkedHashMap<>();
        for (Node item : root.at("credential_list").items()) {
            String name = item.at("credential_name").text();
            item.at("credential_info").passOver();
            if (name != null) {
                byName.put(name, item.at("credential_values"));
            }
        }
        return byName;
    }

    private static void group(
            Map<String, List<Target>> groups, Node item, @Nullable String name, Target target) {
        if (target.model().contains("*")) {
            wildcard(item, name, target);
        } else if (name != null) {
            groups.computeIfAbsent(name, _ -> new ArrayList<>()).add(target);
        }
    }

    /// `openai/*` under its own name is what hal0 does anyway.
    private static void wildcard(Node item, @Nullable String name, Target target) {
        String provider = target.provider();
        if (name != null && !name.equals(provider + "/*")) {
            item.at("model_name")
                    .noted(
                            "stands for many models, and a route has one name",
                            "ask for them as %s/MODEL".formatted(provider));
        }
    }

    /// Variables that a provider uses; the others are for LiteLLM itself.
    private void environment(Node table) {
        table.fields()
                .forEach((name, value) -> {
                    if (reader.uses(name)) {
                        reader.keys().adopt(name, value);
                    } else {
                        value.noted("is no key of a provider");
                    }
                });
    }
}
