package hal0.slots.process;

import hal0.slots.definition.Argument;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.runtime.HomeMark;
import hal0.slots.runtime.SlotRuntime;
import hal0.slots.testing.ModelServer;
import hal0.slots.testing.SlotRuntimeContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Processes keep to what every runtime keeps to.
class ProcessContractTest extends SlotRuntimeContract {
    @Override
    protected SlotRuntime open(Path home, HomeMark mark) {
        return new ProcessSlotRuntime(home.resolve("slots"), mark, System.getenv());
    }

    @Override
    protected Launch launch(String slot, int port, List<String> flags) {
        return launch(ModelServer.binary().toString(), slot, port, flags);
    }

    @Override
    protected Launch launchOfNothing(int port) {
        return launch("no-such-server", "chat", port, List.of());
    }

    private static Launch launch(String program, String slot, int port, List<String> flags) {
        List<String> base = List.of(program, "--port", String.valueOf(port), "--model", "qwen3");
        return new Launch(
                slot,
                SlotSpec.Type.LLM,
                RuntimeName.PROCESS,
                null,
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
