package hal0.providers.probe;

import hal0.providers.error.ProviderException;
import java.util.Locale;
import java.util.Objects;

/// Whether a model has a capability, as one answer showed it, and what in that answer showed it.
public record Ability(Capability capability, Has has, String reason) {

    /// **Shape** `UNCLEAR` where the answer, or its lack, proves neither.
    public enum Has {
        YES,
        NO,
        UNCLEAR;

        /// As programs read it.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Ability {
        Objects.requireNonNull(capability);
        Objects.requireNonNull(has);
        Objects.requireNonNull(reason);
    }

    static Ability yes(Capability capability, String reason) {
        return new Ability(capability, Has.YES, reason);
    }

    static Ability no(Capability capability, String reason) {
        return new Ability(capability, Has.NO, reason);
    }

    static Ability unclear(Capability capability, String reason) {
        return new Ability(capability, Has.UNCLEAR, reason);
    }

    /// What a failed call says: a provider that refuses the request itself lacks what it asks for,
    /// all else proves nothing.
    static Ability of(Capability capability, ProviderException failure) {
        String words = String.valueOf(failure.getMessage());
        boolean asked = failure.failure().status() != 0;
        boolean refused =
                failure instanceof ProviderException.Rejected
                        || failure instanceof ProviderException.UnknownModel;
        return asked && refused ? no(capability, words) : unclear(capability, words);
    }
}
