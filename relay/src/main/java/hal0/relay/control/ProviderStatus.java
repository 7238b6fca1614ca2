package hal0.relay.control;

import java.util.List;

/// A provider and whether it could be used. `keyState` says what is known of its key without asking
/// the provider; `keyNames` are the variables that may hold it.
public record ProviderStatus(
        String id,
        String protocol,
        String baseUrl,
        boolean enabled,
        boolean local,
        List<String> keyNames,
        KeyState keyState) {

    public ProviderStatus {
        keyNames = List.copyOf(keyNames);
    }

    public enum KeyState {
        SET,
        MISSING,
        NOT_NEEDED
    }
}
