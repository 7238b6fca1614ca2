package hal0.cli.launch;

/// Claude Code.
///
/// **Source** ANTHROPIC_BASE_URL (without `/v1`), ANTHROPIC_AUTH_TOKEN (a Bearer header), the names
/// of models by tier, CLAUDE_CODE_SUBAGENT_MODEL and what would go before them:
/// code.claude.com/docs/en/env-vars and docs.anthropic.com/en/docs/claude-code/llm-gateway, read
/// 2026-11-21. An ANTHROPIC_API_KEY beside the token would be sent too.
record ClaudeCode() implements Tool {
    @Override
    public String name() {
        return "claude";
    }

    @Override
    public String install() {
        return "npm install -g @anthropic-ai/claude-code";
    }

    @Override
    public String vendor() {
        return "anthropic";
    }

    @Override
    public Wiring wire(Setting setting) {
        Wiring wiring =
                new Wiring()
                        .set("ANTHROPIC_BASE_URL", setting.relay().toString())
                        .set("ANTHROPIC_AUTH_TOKEN", setting.key())
                        .unset(
                                "ANTHROPIC_API_KEY",
                                "CLAUDE_CODE_OAUTH_TOKEN",
                                "CLAUDE_CODE_USE_BEDROCK",
                                "CLAUDE_CODE_USE_VERTEX",
                                "CLAUDE_CODE_USE_FOUNDRY");
        if (setting.model() != null) {
            for (String variable :
                    new String[] {
                        "ANTHROPIC_MODEL",
                        "ANTHROPIC_DEFAULT_OPUS_MODEL",
                        "ANTHROPIC_DEFAULT_SONNET_MODEL",
                        "ANTHROPIC_DEFAULT_HAIKU_MODEL",
                        "ANTHROPIC_SMALL_FAST_MODEL",
                        "CLAUDE_CODE_SUBAGENT_MODEL"
                    }) {
                wiring.set(variable, setting.model());
            }
        }
        return wiring;
    }
}
