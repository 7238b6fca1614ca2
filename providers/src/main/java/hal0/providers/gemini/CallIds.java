package hal0.providers.gemini;

/// Names for calls that the API gave none.
///
/// **Shape** unlike in every turn, because they are made from the id of the answer, so that results
/// find their calls in a long conversation and with other providers too. They never go back to the
/// API, which knows such a call by its name and place.
final class CallIds {
    private static final String PREFIX = "hal0_";

    private CallIds() {}

    static String invented(String responseId, int index) {
        return PREFIX + responseId + '_' + index;
    }

    static boolean isInvented(String id) {
        return id.startsWith(PREFIX);
    }
}
