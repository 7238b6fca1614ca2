package hal0.providers.message;

/// Where the bytes of an image are.
public sealed interface ImageSource {

    /// The image itself. `mediaType` is `image/png`, `image/jpeg`, `image/gif` or `image/webp`.
    record Base64(String mediaType, String data) implements ImageSource {
        @Override
        public String toString() {
            return "Base64[" + mediaType + ", " + data.length() + " characters]";
        }
    }

    /// An address that the provider fetches.
    record Url(String url) implements ImageSource {}
}
