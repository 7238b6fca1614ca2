package hal0.relay.api;

import hal0.relay.error.Json;
import hal0.relay.model.HardwareJson;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import hal0.slots.hardware.Hardware;
import java.util.List;

/// `/api/hardware`: the machine as it is found.
public final class HardwareRoutes implements RouteFamily {
    private final Hardware.Probe probe;

    public HardwareRoutes(Hardware.Probe probe) {
        this.probe = probe;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/hardware", Route.Access.ADMIN, this::hardware)
                        .about(
                                About.of("Processors, memory, GPUs and who uses them; in MiB.")
                                        .answer(
                                                Field.text("cpu", "What the processor is."),
                                                Field.whole("cores", "How many may be used."),
                                                Field.whole(
                                                        "memory_mb",
                                                        "All of it, or the limit around hal0."),
                                                Field.whole("available_mb", "What is left."),
                                                Field.list("gpus", "Each GPU.", GPU),
                                                Field.list(
                                                        "gpu_processes",
                                                        "Who holds memory of one.",
                                                        PROCESS),
                                                Field.texts("npus", "Each NPU with its driver."),
                                                Field.texts(
                                                        "notes", "What could not be found out."))));
    }

    private static final Field[] GPU = {
        Field.text("kind", "gpu-cuda, gpu-rocm or gpu-vulkan."),
        Field.whole("index", "Its number among its kind."),
        Field.text("uuid", "Its own name.").orNull(),
        Field.text("name", "What it is."),
        Field.whole("total_mb", "Its memory."),
        Field.whole("used_mb", "What is in use."),
        Field.whole("free_mb", "What is left."),
        Field.whole("utilization", "Percent.").orNull(),
        Field.whole("temperature", "Degrees Celsius.").orNull(),
        Field.number("power_draw", "Watts.").orNull(),
        Field.number("power_limit", "Watts.").orNull(),
        Field.text("driver", "Its version.").orNull()
    };

    private static final Field[] PROCESS = {
        Field.text("kind", "That of the GPU."),
        Field.whole("gpu", "Its number."),
        Field.whole("pid", "As the machine counts."),
        Field.text("name", "Its program."),
        Field.whole("used_mb", "What it holds.")
    };

    private void hardware(Exchange exchange, String rest) {
        Hardware found = probe.look();
        exchange.sendJson(200, Json.bytes(json -> HardwareJson.write(json, found)));
    }
}
