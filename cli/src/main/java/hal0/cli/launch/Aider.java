package hal0.cli.launch;

import org.jspecify.annotations.Nullable;

/// aider.
///
/// **Source** OPENAI_API_BASE (with `/v1`) and OPENAI_API_KEY, models as `openai/NAME`:
/// aider.chat/docs/llms/openai-compat.html; every option as a variable with AIDER\_ before it,
/// which goes before `.aider.conf.yml`: aider.chat/docs/config/options.html. Read 2026-11-21.
record Aider() implements Tool {
    @Override
    public String name() {
        return "aider";
    }

    @Override
    public String install() {
        return "python -m pip install aider-install && aider-install";
    }

    @Override
    public @Nullable String vendor() {
        return null;
    }

    @Override
    public Wiring wire(Setting setting) {
        Wiring wiring =
                new Wiring()
                        .set("OPENAI_API_BASE", setting.v1())
                        .set("OPENAI_API_KEY", setting.key())
                        .set("AIDER_OPENAI_API_BASE", setting.v1())
                        .set("AIDER_OPENAI_API_KEY", setting.key());
        if (setting.model() != null) {
            wiring.set("AIDER_MODEL", "openai/" + setting.model())
                    .set("AIDER_WEAK_MODEL", "openai/" + setting.model());
        }
        return wiring;
    }
}
