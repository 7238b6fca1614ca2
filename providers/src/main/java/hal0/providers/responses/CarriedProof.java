package hal0.providers.responses;

import org.jspecify.annotations.Nullable;

/// A proof of another protocol's, as the encrypted content of a reasoning item: the one place where
/// this protocol's clients bring back what they cannot read.
///
/// **Shape** `hal0.`, a word for what is proved, the proof byte for byte. What has another
/// beginning is the API's own.
sealed interface CarriedProof {

    /// The signature of a thought.
    record Thought(String signature) implements CarriedProof {}

    /// A thought that nobody may read.
    record Redacted(String data) implements CarriedProof {}

    /// The signature of a tool call, which may stand before or behind it.
    record Call(String callId, String signature) implements CarriedProof {}

    String THOUGHT = "hal0.thought.";
    String REDACTED = "hal0.redacted.";
    String CALL = "hal0.call.";

    default String encrypted() {
        return switch (this) {
            case Thought(var signature) -> THOUGHT + signature;
            case Redacted(var data) -> REDACTED + data;
            case Call(var id, var signature) -> CALL + id.length() + '.' + id + signature;
        };
    }

    /// What encrypted content carries; null when it is the API's own.
    static @Nullable CarriedProof find(String encrypted) {
        if (encrypted.startsWith(THOUGHT)) {
            return new Thought(encrypted.substring(THOUGHT.length()));
        }
        if (encrypted.startsWith(REDACTED)) {
            return new Redacted(encrypted.substring(REDACTED.length()));
        }
        return encrypted.startsWith(CALL) ? call(encrypted.substring(CALL.length())) : null;
    }

    private static @Nullable CarriedProof call(String text) {
        int dot = text.indexOf('.');
        if (dot < 1 || dot > 9 || !text.substring(0, dot).chars().allMatch(Character::isDigit)) {
            return null;
        }
        int end = dot + 1 + Integer.parseInt(text, 0, dot, 10);
        return end > text.length()
                ? null
                : new Call(text.substring(dot + 1, end), text.substring(end));
    }
}
