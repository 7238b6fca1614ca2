package hal0.slots.docker;

import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Engine;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.SlotRuntime;
import hal0.slots.testing.SlotRuntimeContract;
import hal0.slots.testing.TestEngines;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/// What holds for containers beyond what holds for all runtimes.
abstract class EngineContract extends SlotRuntimeContract {
    private final ContainerLaunches launches;
    private final URI address;

    EngineContract(RuntimeName engine) {
        launches = new ContainerLaunches(engine);
        address = TestEngines.with(engine);
    }

    @Override
    protected SlotRuntime open(Path home, HomeMark mark) {
        return DockerSlotRuntime.on(Engine.at(launches.engine(), address), mark);
    }

    @Override
    protected Launch launch(String slot, int port, List<String> flags) {
        return launches.of(slot, port, flags);
    }

    @Override
    protected Launch launchOfNothing(int port) {
        return launches.of("chat", "localhost/hal0/none:1", port, List.of(), Device.CPU, 0, null);
    }
}
