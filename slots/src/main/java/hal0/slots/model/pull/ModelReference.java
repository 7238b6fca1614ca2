package hal0.slots.model.pull;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a model can be pulled from.
public sealed interface ModelReference {

    /// The form in which it is written and compared; that of an address may hold a key, which
    /// `toString` leaves out.
    String text();

    /// A file or a quantisation in a repository of Hugging Face.
    ///
    /// **Shape** neither `file` nor `quantization` is the usual one of a repository: Q4_K_M, else
    /// the only one. Written `hf:ORG/REPO[@REVISION][/FILE|:QUANTIZATION]`.
    record HuggingFace(
            String repository,
            String revision,
            @Nullable String file,
            @Nullable String quantization)
            implements ModelReference {
        static final String MAIN = "main";

        @Override
        public String text() {
            return "hf:"
                    + repository
                    + (revision.equals(MAIN) ? "" : "@" + revision.replace("/", "%2F"))
                    + (file == null ? "" : "/" + file)
                    + (quantization == null ? "" : ":" + quantization);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /// A file at any address.
    record Address(URI uri) implements ModelReference {
        @Override
        public String text() {
            return uri.toString();
        }

        @Override
        public String toString() {
            return ModelReference.shown(uri);
        }
    }

    /// An address as it may be shown.
    static String shown(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority() + uri.getPath();
    }

    /// Reads `hf:…`, `https://…` or `http://…`; an address of a file at Hugging Face is taken for
    /// what it leads to.
    ///
    /// **Errors** [ModelException] `INVALID` with the forms that there are.
    static ModelReference parse(String text) {
        if (text.startsWith("hf:")) {
            return ReferenceForms.huggingFace(text);
        }
        if (text.startsWith("https://") || text.startsWith("http://")) {
            return ReferenceForms.address(text);
        }
        throw ReferenceForms.invalid(text, "it begins neither with hf: nor with https://");
    }
}
