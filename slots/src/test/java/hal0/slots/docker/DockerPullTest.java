package hal0.slots.docker;

import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.testing.TestEngines;
import java.util.List;

/// Docker pulls images.
class DockerPullTest extends PullContract {
    DockerPullTest() {
        super(RuntimeName.DOCKER);
    }

    @Override
    List<String> command() {
        return List.of("docker", "--host", TestEngines.address(RuntimeName.DOCKER).toString());
    }
}
