package hal0.cli.launch;

import org.jspecify.annotations.Nullable;

/// Qwen Code.
///
/// **Source** OPENAI_API_KEY, OPENAI_BASE_URL (with `/v1`), OPENAI_MODEL, and `--auth-type openai`,
/// which goes before a login that was chosen once: docs/users/configuration/auth.md in
/// QwenLM/qwen-code, read 2026-11-21.
record QwenCode() implements Tool {
    @Override
    public String name() {
        return "qwen";
    }

    @Override
    public String install() {
        return "npm install -g @qwen-code/qwen-code";
    }

    @Override
    public @Nullable String vendor() {
        return null;
    }

    @Override
    public Wiring wire(Setting setting) {
        Wiring wiring =
                new Wiring()
                        .set("OPENAI_BASE_URL", setting.v1())
                        .set("OPENAI_API_KEY", setting.key())
                        .arguments("--auth-type", "openai");
        if (setting.model() != null) {
            wiring.set("OPENAI_MODEL", setting.model()).unset("QWEN_MODEL");
        }
        return wiring;
    }
}
