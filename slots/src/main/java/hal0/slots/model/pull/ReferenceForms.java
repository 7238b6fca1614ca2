package hal0.slots.model.pull;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.model.pull.ModelReference.Address;
import hal0.slots.model.pull.ModelReference.HuggingFace;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The forms in which references are written.
///
/// **Source** `REPO_ID` of `src/huggingface_hub/utils/_validators.py` in
/// huggingface/huggingface_hub: letters, digits, `-`, `_` and `.`, at most 96 of them, without `--`
/// and `..`; read 2026-11-21.
final class ReferenceForms {
    private static final Pattern HUGGING_FACE =
            Pattern.compile(
                    "hf:([A-Za-z0-9][\\w.-]*/[A-Za-z0-9_][\\w.-]*)"
                            + "(?:@([\\w.%-]+))?(?:/([^:]+)|:([\\w.-]+))?");
    private static final Pattern FILE_PAGE =
            Pattern.compile("/([\\w.-]+/[\\w.-]+)/(?:resolve|blob)/([^/]+)/(.+)");
    private static final List<String> HOSTS = List.of("huggingface.co", "hf.co");
    private static final int LONGEST = 96;

    private ReferenceForms() {}

    static ModelReference huggingFace(String text) {
        Matcher matcher = HUGGING_FACE.matcher(text);
        if (!matcher.matches()) {
            throw invalid(text, "it has another form");
        }
        String revision = matcher.group(2);
        return checked(
                text,
                matcher.group(1),
                revision == null ? HuggingFace.MAIN : decoded(revision),
                matcher.group(3),
                matcher.group(4));
    }

    private static HuggingFace checked(
            String text,
            String repository,
            String revision,
            @Nullable String file,
            @Nullable String quantization) {
        if (repository.length() > LONGEST
                || repository.contains("--")
                || repository.contains("..")) {
            throw invalid(text, "%s is no repository".formatted(repository));
        }
        if (revision.isEmpty() || revision.contains("..") || revision.length() > LONGEST) {
            throw invalid(text, "%s is no revision".formatted(revision));
        }
        if (file != null) {
            FileNames.check(file);
        }
        return new HuggingFace(repository, revision, file, quantization);
    }

    static ModelReference address(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw invalid(text, "it is no address");
        }
        if (uri.getHost() == null || uri.getPath() == null) {
            throw invalid(text, "it is no address");
        }
        if (uri.getRawUserInfo() != null) {
            // Not echoed: it is a user with a password, or a key.
            throw ModelException.of(
                    ModelProblem.INVALID,
                    "the address of the model holds a user or a key, which messages and logs would show");
        }
        Matcher page = FILE_PAGE.matcher(uri.getPath());
        if (HOSTS.contains(uri.getHost().toLowerCase(Locale.ROOT)) && page.matches()) {
            return checked(text, page.group(1), page.group(2), page.group(3), null);
        }
        FileNames.last(uri.getPath());
        return new Address(uri);
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, UTF_8);
        } catch (IllegalArgumentException e) {
            // Not encoded, then.
            return text;
        }
    }

    static ModelException invalid(String text, String why) {
        return ModelException.of(
                ModelProblem.INVALID,
                ("\"%s\" is no place to pull a model from: %s. Such as hf:ORG/REPO:Q4_K_M,"
                                + " hf:ORG/REPO/FILE.gguf, hf:ORG/REPO@REVISION/FILE.gguf or"
                                + " https://HOST/FILE.gguf")
                        .formatted(text.replaceAll("\\?.*", ""), why));
    }
}
