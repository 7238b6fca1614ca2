package hal0.providers.probe;

import hal0.providers.Provider;
import hal0.providers.error.ProviderException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the answers of a provider mean for its state; no call is made here.
///
/// **Shape** a list of models proves the key that asked for it only where a false key is refused:
/// OpenRouter and many gateways show theirs to anybody.
final class Findings {
    static final String NOT_PROVEN =
            "the key was not checked: the list of models takes any key. Ask a model with --deep.";
    private static final String IN_DOUBT =
            "the key was not checked: what it answers to a false key proves nothing. Ask a model with --deep.";

    private Findings() {}

    /// What a provider said: to our key, and to the question whether that key is right.
    ///
    /// **Shape** `proof` is null where no key was sent or nothing more was asked; `others` are the
    /// answers to further keys of the same provider.
    record Answers(boolean keySent, Reply own, @Nullable KeyState proof, List<Reply> others) {}

    static Connection of(Provider provider, Answers answers) {
        return switch (answers.own()) {
            case Reply.Took took -> taken(provider, answers, took);
            case Reply.Failed failed -> failed(provider, answers, failed);
        };
    }

    private static Connection taken(Provider provider, Answers answers, Reply.Took took) {
        for (Reply other : answers.others()) {
            if (other instanceof Reply.Failed refused && refused.refusesKey()) {
                return connection(
                        provider, Verdict.FAIL, KeyState.REFUSED, took, words(refused.why()));
            }
        }
        KeyState key = key(answers);
        return switch (key) {
            case NOT_NEEDED, ACCEPTED -> connection(provider, Verdict.PASS, key, took, "");
            case NOT_VERIFIED -> connection(provider, Verdict.WARN, key, took, NOT_PROVEN);
            case REFUSED ->
                    connection(
                            provider,
                            Verdict.FAIL,
                            key,
                            took,
                            "%s refuses the key, though it lists its models. Check the value of %s."
                                    .formatted(
                                            provider.id(),
                                            String.join(" or ", provider.keyNames())));
            case UNSET -> throw new IllegalStateException("a key that was sent is set");
        };
    }

    private static KeyState key(Answers answers) {
        if (!answers.keySent()) {
            return KeyState.NOT_NEEDED;
        }
        return answers.proof() == null ? KeyState.NOT_VERIFIED : answers.proof();
    }

    private static Connection failed(Provider provider, Answers answers, Reply.Failed failed) {
        if (failed.refusesKey()) {
            return refused(provider, answers, failed);
        }
        KeyState key = key(answers);
        if (failed.isAbsent()) {
            String doubt = key == KeyState.NOT_VERIFIED ? " " + capital(IN_DOUBT) : "";
            String advice =
                    provider.models().isEmpty()
                            ? "Check base_url; where it is right, declare [[providers.%s.models]]."
                                    .formatted(provider.id())
                            : "The declared models count, if base_url is right.";
            return connection(
                    provider,
                    key == KeyState.REFUSED ? Verdict.FAIL : Verdict.WARN,
                    key,
                    failed,
                    "it answers, and has no list of models (%d). %s%s"
                            .formatted(failed.status(), advice, doubt));
        }
        return connection(provider, Verdict.FAIL, key, failed, words(failed.why()));
    }

    private static Connection refused(Provider provider, Answers answers, Reply.Failed failed) {
        boolean unset = !answers.keySent();
        String advice =
                !unset
                        ? ""
                        : provider.keyNames().isEmpty()
                                ? " Name the variable of its key in api_key_env."
                                : " Set %s.".formatted(String.join(" or ", provider.keyNames()));
        KeyState key = unset ? KeyState.UNSET : KeyState.REFUSED;
        return connection(provider, Verdict.FAIL, key, failed, words(failed.why()) + advice);
    }

    /// What the answer to a key that is certainly false says about the one that was taken.
    static KeyState provenByFalseKey(Reply own, Reply withFalseKey) {
        return switch (withFalseKey) {
            case Reply.Took _ -> KeyState.NOT_VERIFIED;
            case Reply.Failed refused when refused.refusesKey() -> KeyState.ACCEPTED;
            case Reply.Failed refused -> {
                // Some say 400 to a key that does not look like one; ours was not told that.
                boolean bad = refused.status() == 400 || refused.status() == 422;
                yield bad && own instanceof Reply.Took ? KeyState.ACCEPTED : KeyState.NOT_VERIFIED;
            }
        };
    }

    /// What a page that only the owner of a key may see says about that key.
    static KeyState provenByOwnPage(Reply page) {
        return switch (page) {
            case Reply.Took _ -> KeyState.ACCEPTED;
            case Reply.Failed failed ->
                    failed.refusesKey() ? KeyState.REFUSED : KeyState.NOT_VERIFIED;
        };
    }

    private static Connection connection(
            Provider provider, Verdict verdict, KeyState key, Reply reply, String message) {
        return switch (reply) {
            case Reply.Took(var took, var models, _) ->
                    new Connection(
                            provider.id(),
                            verdict,
                            Reach.ANSWERED,
                            key,
                            took,
                            models,
                            message,
                            200);
            case Reply.Failed failed -> {
                Reach reach = Reach.of(failed.why());
                yield new Connection(
                        provider.id(),
                        verdict,
                        reach,
                        key,
                        reach == Reach.ANSWERED ? failed.took() : null,
                        null,
                        message,
                        failed.status() == 0 ? null : failed.status());
            }
        };
    }

    private static String words(ProviderException failure) {
        return String.valueOf(failure.getMessage());
    }

    private static String capital(String sentence) {
        return Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
