package hal0.providers.dialect;

import hal0.providers.message.MediaSource;

/// Addresses that hold what they name: `data:image/png;base64,…`.
public final class DataUrl {
    private static final String SCHEME = "data:";
    private static final String BASE64 = ";base64";

    private DataUrl() {}

    /// What an address stands for: the bytes themselves when it holds them.
    public static MediaSource source(String url) {
        int comma = url.indexOf(',');
        if (!url.startsWith(SCHEME) || comma < 0) {
            return new MediaSource.Url(url);
        }
        String head = url.substring(SCHEME.length(), comma);
        if (!head.endsWith(BASE64)) {
            return new MediaSource.Url(url);
        }
        String type = head.substring(0, head.length() - BASE64.length());
        int parameter = type.indexOf(';');
        return new MediaSource.Base64(
                parameter < 0 ? type : type.substring(0, parameter), url.substring(comma + 1));
    }

    public static String of(MediaSource.Base64 source) {
        return SCHEME + source.mediaType() + BASE64 + "," + source.data();
    }
}
