package hal0.slots.docker;

import hal0.slots.definition.SlotSpec.RuntimeName;

/// Slots in containers of a real Podman.
class PodmanContractTest extends EngineContract {
    PodmanContractTest() {
        super(RuntimeName.PODMAN);
    }
}
