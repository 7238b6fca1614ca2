package hal0.relay.translate;

import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.dispatch.Target;
import java.util.Locale;

/// Who signs the thoughts of a model and knows the signatures again; all others refuse them.
///
/// **Shape** models of one vendor take each other's, wherever they are hosted; any other provider
/// takes only its own. **Source** `signature` values are compatible across the platforms that host
/// Claude: platform.claude.com/docs/en/build-with-claude/extended-thinking; a thought signature of
/// Gemini is carried by its OpenAI compatible server too:
/// ai.google.dev/gemini-api/docs/thought-signatures; read 2026-11-21.
record Signer(String name) {
    static final Signer ANTHROPIC = new Signer("anthropic");
    static final Signer GOOGLE = new Signer("google");

    static Signer of(Target target) {
        String model = target.model().toLowerCase(Locale.ROOT);
        if (model.contains("claude")) {
            return ANTHROPIC;
        }
        if (model.contains("gemini")) {
            return GOOGLE;
        }
        Provider provider = target.provider();
        return new Signer(provider.protocol().shortName() + "/" + provider.id());
    }

    /// Whether it knows what a client of `protocol` brings back that a direct call gave it.
    boolean knowsThoughtsOf(Protocol protocol) {
        return switch (protocol) {
            // Of this protocol's servers only those that pass Claude's on say theirs.
            case ANTHROPIC, OPENAI -> equals(ANTHROPIC);
            case GEMINI -> equals(GOOGLE);
            // What is encrypted there is bound to who encrypted it.
            case RESPONSES -> false;
        };
    }

    /// The same for the signature of a call, which is always Gemini's.
    boolean knowsCalls() {
        return equals(GOOGLE);
    }
}
