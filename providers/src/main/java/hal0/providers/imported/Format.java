package hal0.providers.imported;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whose file it is.
///
/// **Source** of the keys that tell: Hamr's and Athyr's documentation, proxy/configs.md in the
/// documentation of BerriAI/litellm, opencode.ai/docs/config; read 2026-11-21.
public enum Format {
    HAMR(Syntax.TOML),
    UPSTREAMS(Syntax.TOML),
    ATHYR(Syntax.YAML),
    LITELLM(Syntax.YAML),
    OPENCODE(Syntax.JSON);

    enum Syntax {
        TOML,
        YAML,
        JSON
    }

    private final Syntax syntax;

    Format(Syntax syntax) {
        this.syntax = syntax;
    }

    /// Its name on the command line.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    Syntax syntax() {
        return syntax;
    }

    private Set<String> marks() {
        return switch (this) {
            case HAMR -> Set.of("providers", "provider", "active");
            case UPSTREAMS -> Set.of("upstream");
            case ATHYR -> Set.of("llm");
            case LITELLM ->
                    Set.of("model_list", "litellm_settings", "router_settings", "general_settings");
            case OPENCODE -> Set.of("provider", "disabled_providers", "enabled_providers");
        };
    }

    /// The format whose top-level keys these are.
    static Optional<Format> of(Syntax syntax, Map<String, ?> fields) {
        List<Format> candidates =
                syntax == Syntax.TOML
                        ? List.of(UPSTREAMS, HAMR)
                        : List.of(LITELLM, ATHYR, OPENCODE);
        return candidates.stream()
                .filter(format -> fields.keySet().stream().anyMatch(format.marks()::contains))
                .findFirst();
    }
}
