package hal0.cli.wiring;

import hal0.relay.routing.CapabilitiesSection;
import hal0.relay.routing.Names;
import java.util.List;

/// What the files of a home say of names that lead somewhere.
final class ConfiguredNames {
    private ConfiguredNames() {}

    /// As the configuration has it now. No slot runs in this version.
    static Names of(Configuration configuration) {
        return new Names(
                configuration.routes(),
                List.of(),
                configuration.bindings(),
                configuration.settings().get(CapabilitiesSection.SECTION),
                configuration.dispatcher().chatForUnknown());
    }
}
