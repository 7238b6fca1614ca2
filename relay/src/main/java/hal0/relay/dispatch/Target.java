package hal0.relay.dispatch;

import hal0.providers.Provider;

/// A provider and the name by which it knows the model.
public record Target(Provider provider, String model) {
    @Override
    public String toString() {
        return provider.id() + "/" + model;
    }
}
