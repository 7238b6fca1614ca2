package hal0.providers.anthropic;

import org.jspecify.annotations.Nullable;

/// How the signature of a tool call travels through a client of this protocol, which has none: as
/// that of a thought without words, which clients give back as they got it.
record CallSignature(String callId, String signature) {
    private static final String PREFIX = "hal0.call:";

    String carried() {
        return PREFIX + callId.length() + ':' + callId + ':' + signature;
    }

    /// What a carried signature says, null when it is an ordinary one.
    static @Nullable CallSignature find(String carried) {
        int colon = carried.indexOf(':', PREFIX.length());
        if (!carried.startsWith(PREFIX) || colon < 0 || colon - PREFIX.length() > 5) {
            return null;
        }
        int length;
        try {
            length = Integer.parseInt(carried, PREFIX.length(), colon, 10);
        } catch (NumberFormatException e) {
            // Somebody else's signature after all.
            return null;
        }
        int end = colon + 1 + length;
        if (length < 0 || end >= carried.length() || carried.charAt(end) != ':') {
            return null;
        }
        return new CallSignature(carried.substring(colon + 1, end), carried.substring(end + 1));
    }
}
