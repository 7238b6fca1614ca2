package hal0.providers;

/// A key, kept from being printed by accident.
public record Secret(String value) {
    @Override
    public String toString() {
        return "***REDACTED***";
    }
}
