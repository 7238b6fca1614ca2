package hal0.relay.approval;

/// What is kept of how an approved call ended.
final class Outcome {
    /// **Units** characters.
    private static final int LONGEST = 64 * 1024;

    private Outcome() {}

    /// An answer that is too long to be kept for somebody who may never look is not kept.
    static String bounded(String json) {
        return json.length() <= LONGEST
                ? json
                : "{\"note\":\"done; the answer of %d characters is too long to be kept\"}"
                        .formatted(json.length());
    }

    static String cut(String reason) {
        return reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "…";
    }
}
