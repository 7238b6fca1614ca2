package hal0.slots.docker;

import hal0.slots.definition.SlotSpec.RuntimeName;

/// Slots in containers of a real Docker.
class DockerContractTest extends EngineContract {
    DockerContractTest() {
        super(RuntimeName.DOCKER);
    }
}
