package hal0.relay.dispatch;

import hal0.relay.control.ModelChoice;
import org.jspecify.annotations.Nullable;

/// A name that is listed to clients, and what it stands for.
///
/// **Shape** `slot` and `route` name what the choice is one of, null for a model of a provider;
/// `alias` is the name itself where that is another name for it. A route's choice has the provider
/// `hal0`, and of its model what holds for every target.
public record Advertised(
        ModelChoice choice, @Nullable String slot, @Nullable String route, @Nullable String alias) {

    /// A model of a provider.
    public static Advertised of(ModelChoice choice) {
        return new Advertised(choice, null, null, null);
    }
}
