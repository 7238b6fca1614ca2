package hal0.slots.docker;

import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.testing.TestEngines;
import java.util.List;

/// Podman pulls images.
class PodmanPullTest extends PullContract {
    PodmanPullTest() {
        super(RuntimeName.PODMAN);
    }

    @Override
    List<String> command() {
        return List.of(
                "podman", "--remote", "--url", TestEngines.address(RuntimeName.PODMAN).toString());
    }
}
