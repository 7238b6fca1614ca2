package hal0.relay.control;

/// A provider and whether it could be used. `keyState` says what is known of its key without asking
/// the provider.
public record ProviderStatus(
        String id,
        String protocol,
        String baseUrl,
        boolean configured,
        boolean local,
        KeyState keyState) {

    public enum KeyState {
        SET,
        MISSING,
        NOT_NEEDED
    }
}
