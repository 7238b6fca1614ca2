package hal0.slots.lifecycle;

import java.util.Locale;

/// The nine states of a slot.
public enum StateName {
    OFFLINE,
    PULLING,
    STARTING,
    WARMING,
    READY,
    SERVING,
    IDLE,
    UNLOADING,
    ERROR;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether requests are let in.
    public boolean isReady() {
        return switch (this) {
            case READY, SERVING, IDLE -> true;
            case OFFLINE, PULLING, STARTING, WARMING, UNLOADING, ERROR -> false;
        };
    }
}
