package hal0.slots.docker;

import hal0.slots.definition.Argument;
import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.testing.TestEngines;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Launches of the model server in containers.
record ContainerLaunches(RuntimeName engine) {

    Launch of(String slot, int port, List<String> flags) {
        return of(slot, TestEngines.IMAGE, port, flags, Device.CPU, 0, null);
    }

    Launch of(
            String slot,
            String image,
            int port,
            List<String> flags,
            Device device,
            long memoryMb,
            Launch.@Nullable Served model) {
        Launch.Served served =
                model == null ? new Launch.Served("qwen3", null, "qwen3", 4096) : model;
        List<Argument> words =
                Stream.concat(
                                Stream.of(
                                        "--host",
                                        "0.0.0.0",
                                        "--port",
                                        String.valueOf(port),
                                        "--model",
                                        served.inside()),
                                flags.stream())
                        .map(word -> new Argument(word, Argument.Source.SLOT, "chat.toml:4"))
                        .toList();
        return new Launch(
                slot,
                SlotSpec.Type.LLM,
                engine,
                image,
                words,
                Map.of("GREETING", "hello"),
                device,
                0,
                port,
                memoryMb,
                0,
                List.of(),
                "/health",
                served);
    }
}
