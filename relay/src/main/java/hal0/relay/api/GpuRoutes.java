package hal0.relay.api;

import hal0.relay.control.GpuInfo;
import hal0.relay.control.GpuJson;
import hal0.relay.control.LocalSlotControl;
import hal0.relay.error.Json;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.util.List;

/// `/api/gpu`: how slots share the machine.
public final class GpuRoutes implements RouteFamily {
    private static final List<Field> MODE =
            List.of(
                    Field.text("mode", "Who may have the GPU.").oneOf(List.of("llm", "img")).must(),
                    Field.flag("force", "Even while requests are under way."),
                    Field.flag("pin", "Until it is changed by hand."));

    private static final Field[] STATUS = {
        Field.list(
                "gpus",
                "As they are found.",
                Field.text("kind", "The word of a slot's device."),
                Field.whole("index", "Among its kind."),
                Field.text("name", "Its name."),
                Field.whole("total_mb", "Its memory."),
                Field.whole("used_mb", "By whomever."),
                Field.whole("free_mb", "Now."),
                Field.whole("utilization", "In percent.").orNull(),
                Field.whole("temperature", "In degrees Celsius.").orNull()),
        Field.list(
                "shares",
                "What slots have.",
                Field.text("slot", "Which."),
                Field.text("pool", "Of what: memory, npu, or a GPU."),
                Field.whole("mb", "How much."),
                Field.flag("measured", "Rather than estimated."),
                Field.text("state", "Of the slot.")),
        Field.text("mode", "Who has the GPU where groups exclude each other.").orNull(),
        Field.flag("pinned", "Whether that stays."),
        Field.whole("memory_mb", "The machine's own memory; 0 where it is not known."),
        Field.whole("available_mb", "What of it can still be taken.")
    };

    private final LocalSlotControl slots;

    public GpuRoutes(LocalSlotControl slots) {
        this.slots = slots;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/api/gpu", Route.Access.CLIENT, this::status)
                        .about(About.of("The GPUs and who has what of them.").answer(STATUS)),
                new Route("POST", "/api/gpu/mode", Route.Access.ADMIN, this::mode)
                        .about(
                                About.of("Lets the other group of slots have the GPU.")
                                        .body(MODE)
                                        .answer(STATUS)
                                        .errors(
                                                "gpu.pinned 409",
                                                "slot.config_error 400",
                                                "validation.invalid 422")));
    }

    private void status(Exchange exchange, String rest) {
        send(exchange, slots.gpu());
    }

    private void mode(Exchange exchange, String rest) {
        JsonBody body = JsonBody.of(exchange, MODE);
        send(
                exchange,
                slots.by(exchange.principal().name())
                        .gpuMode(body.text("mode"), body.flag("force"), body.flag("pin")));
    }

    private static void send(Exchange exchange, GpuInfo gpu) {
        exchange.sendJson(200, Json.bytes(json -> GpuJson.write(json, gpu)));
    }
}
