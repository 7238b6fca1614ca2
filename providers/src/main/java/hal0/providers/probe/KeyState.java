package hal0.providers.probe;

import java.util.Locale;

/// What is known of a provider's key. That one is set says nothing of whether it is right.
public enum KeyState {
    NOT_NEEDED,
    UNSET,
    /// The provider took it where it refuses another.
    ACCEPTED,
    /// 401 or 403.
    REFUSED,
    /// One is set, and nothing showed whether it is right.
    NOT_VERIFIED;

    /// As programs read it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// As people read it.
    public String text() {
        return word().replace('_', ' ');
    }
}
