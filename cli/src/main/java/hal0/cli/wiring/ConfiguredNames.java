package hal0.cli.wiring;

import hal0.relay.routing.CapabilitiesSection;
import hal0.relay.routing.Names;
import hal0.relay.slot.SlotBoard;
import hal0.slots.model.RegisteredModel;
import java.util.stream.Collectors;

/// What the files of a home say of names that lead somewhere.
final class ConfiguredNames {
    private ConfiguredNames() {}

    /// As the configuration has it now.
    static Names of(Configuration configuration, SlotBoard slots) {
        return new Names(
                configuration.routes(),
                slots.slots(),
                configuration.slots().bindings(),
                configuration.settings().get(CapabilitiesSection.SECTION),
                configuration.dispatcher().chatForUnknown(),
                configuration.slots().models().stream()
                        .map(RegisteredModel::id)
                        .collect(Collectors.toSet()));
    }
}
