package hal0.slots.swarm;

import hal0.slots.definition.Argument;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Engine;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.SlotRuntime;
import hal0.slots.testing.SlotRuntimeContract;
import hal0.slots.testing.TestEngines;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// Services of a Swarm keep to what every runtime keeps to.
class SwarmContractTest extends SlotRuntimeContract {
    private static TestSwarm swarm;

    @BeforeAll
    static void join() {
        swarm = TestSwarm.join();
    }

    @AfterAll
    static void leave() {
        if (swarm != null) {
            swarm.leave();
        }
    }

    @Override
    protected SlotRuntime open(Path home, HomeMark mark) {
        Engine engine = Engine.at(RuntimeName.DOCKER, swarm.address());
        return new SwarmSlotRuntime(engine, mark, home.resolve("slots"));
    }

    @Override
    protected Launch launch(String slot, int port, List<String> flags) {
        return launch(TestEngines.IMAGE, slot, port, flags);
    }

    @Override
    protected Launch launchOfNothing(int port) {
        return launch("localhost/hal0/none:1", "chat", port, List.of());
    }

    private static Launch launch(String image, String slot, int port, List<String> flags) {
        List<String> base =
                List.of("--host", "0.0.0.0", "--port", String.valueOf(port), "--model", "qwen3");
        return new Launch(
                slot,
                SlotSpec.Type.LLM,
                RuntimeName.SWARM,
                image,
                Stream.concat(base.stream(), flags.stream())
                        .map(word -> new Argument(word, Argument.Source.SLOT, "chat.toml:4"))
                        .toList(),
                Map.of("GREETING", "hello"),
                Device.CPU,
                0,
                port,
                0,
                0,
                List.of(),
                "/health",
                new Launch.Served("qwen3", null, "qwen3", 512));
    }
}
