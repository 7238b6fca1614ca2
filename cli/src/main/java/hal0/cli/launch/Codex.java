package hal0.cli.launch;

/// OpenAI's Codex CLI.
///
/// **Source** a provider of one's own by `-c model_providers.ID.…`, whose values are TOML, with
/// `wire_api = "responses"` and the key in the variable that `env_key` names; the ids of built-in
/// providers cannot be taken: developers.openai.com/codex/config-advanced and docs/config.md in
/// openai/codex, read 2026-11-21.
record Codex() implements Tool {
    @Override
    public String name() {
        return "codex";
    }

    @Override
    public String install() {
        return "npm install -g @openai/codex";
    }

    @Override
    public String vendor() {
        return "openai";
    }

    @Override
    public Wiring wire(Setting setting) {
        Wiring wiring =
                new Wiring()
                        .set(KEY, setting.key())
                        .arguments(
                                "-c",
                                "model_provider=\"hal0\"",
                                "-c",
                                "model_providers.hal0.name=\"hal0\"",
                                "-c",
                                "model_providers.hal0.base_url=\"%s\"".formatted(setting.v1()),
                                "-c",
                                "model_providers.hal0.env_key=\"%s\"".formatted(KEY),
                                "-c",
                                "model_providers.hal0.wire_api=\"responses\"");
        if (setting.model() != null) {
            wiring.arguments("-c", "model=\"%s\"".formatted(escaped(setting.model())));
        }
        return wiring;
    }

    /// A basic string of TOML.
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
