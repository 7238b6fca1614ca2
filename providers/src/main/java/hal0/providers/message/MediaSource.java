package hal0.providers.message;

/// Where the bytes of a picture, a document or a recording are.
public sealed interface MediaSource {

    /// The thing itself; `mediaType` as in `image/png`, `application/pdf`, `audio/wav`.
    record Base64(String mediaType, String data) implements MediaSource {
        @Override
        public String toString() {
            return "Base64[" + mediaType + ", " + data.length() + " characters]";
        }
    }

    /// An address that the provider fetches.
    record Url(String url) implements MediaSource {}

    /// What the provider called it when it was uploaded there; nobody else knows it.
    record FileId(String id) implements MediaSource {}
}
