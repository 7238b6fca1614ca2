package hal0.relay.mcp.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.config.Setting;
import hal0.relay.api.SystemRoutes.Check;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.GpuJson;
import hal0.relay.control.ProfileControl;
import hal0.relay.control.RelayStatus;
import hal0.relay.control.Reload;
import hal0.relay.control.SettingJson;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.mcp.tool.ToolBuilder;
import hal0.relay.mcp.tool.Trees;
import hal0.relay.model.HardwareJson;
import hal0.relay.route.Field;
import hal0.slots.hardware.Hardware;
import java.util.List;

/// hal0 itself and its machine.
final class SystemTools {
    private final Ground ground;

    SystemTools(Ground ground) {
        this.ground = ground;
    }

    List<OfferedTool> all() {
        return List.of(
                read("status", "The relay at a glance: version, address, requests, active model.")
                        .answers(
                                Field.text("version", "Of this hal0.").must(),
                                Field.text("instance_id", "New at each start.").must(),
                                Field.whole("requests", "Asked of models since the start."),
                                Field.whole("in_flight", "Being answered now."),
                                Field.any("active", "What answers where nobody names a model."))
                        .does(this::status),
                read("health", "Whether everything that the relay needs works, with what does not.")
                        .answers(
                                Field.text("status", "As a whole.")
                                        .oneOf(List.of("ok", "degraded"))
                                        .must(),
                                Field.list("checks", "Each thing that was looked at.").must())
                        .does(this::health),
                read("hardware", "Processor, memory, GPUs and who uses them; in MiB.")
                        .answers(
                                Field.text("cpu", "What the processor is."),
                                Field.list("gpus", "Each GPU."))
                        .does(this::hardware),
                read("gpu", "GPU memory and which slot has how much of it; in MiB.")
                        .answers(Field.list("gpus", "Each GPU."))
                        .does(given -> {
                            var gpu = given.control().slots().gpu();
                            return Trees.object(json -> GpuJson.write(json, gpu));
                        }),
                read(
                                "settings_list",
                                "The keys of the configuration and what holds; secrets masked.")
                        .takes(Field.text("prefix", "Only keys that begin so, such as dispatcher."))
                        .answers(Field.list("settings", "Each key.").must())
                        .does(this::settings),
                read("profiles_list", "Images and flags for slots, by name.")
                        .answers(Field.list("profiles", "Each profile.").must())
                        .does(_ ->
                                Trees.list(
                                        "profiles",
                                        ground.profiles().all(),
                                        ProfileControl::write)),
                ToolBuilder.of(
                                ground::given,
                                Tier.WRITE,
                                "reload",
                                "Reads the configuration files again; answers what holds and what is wrong.")
                        .idempotent()
                        .answers(
                                Field.texts("applied", "Files that now hold.").must(),
                                Field.texts("problems", "What is wrong.").must())
                        .does(this::reload));
    }

    private ToolBuilder<Given> read(String name, String description) {
        return ToolBuilder.of(ground::given, Tier.READ, name, description);
    }

    private ObjectNode status(Given given) {
        return status(given.control());
    }

    static ObjectNode status(ControlPlane control) {
        RelayStatus status = control.status();
        ObjectNode object = Trees.object();
        object.put("version", status.version());
        object.put("instance_id", status.instanceId());
        object.put("address", status.address() == null ? null : status.address().toString());
        object.put("since", status.since().toString());
        object.put("requests", status.requests());
        object.put("in_flight", status.inFlight());
        control.active()
                .ifPresent(active ->
                        object.putObject("active")
                                .put("provider", active.provider())
                                .put("model", active.model()));
        return object;
    }

    private ObjectNode health(Given given) {
        List<Check> checks = ground.checks().get();
        ObjectNode health =
                Trees.list(
                        "checks",
                        checks,
                        (json, check) -> {
                            json.writeStartObject();
                            json.writeStringField("name", check.name());
                            json.writeBooleanField("ok", check.ok());
                            json.writeStringField("message", check.message());
                            json.writeEndObject();
                        });
        return health.put("status", checks.stream().allMatch(Check::ok) ? "ok" : "degraded");
    }

    private ObjectNode hardware(Given given) {
        Hardware found = ground.hardware().look();
        return Trees.object(json -> HardwareJson.write(json, found));
    }

    private ObjectNode settings(Given given) {
        List<Setting> shown =
                given.control().settings().all().stream()
                        .filter(setting -> setting.path().startsWith(given.text("prefix")))
                        .toList();
        return Trees.list("settings", shown, SettingJson::write);
    }

    private ObjectNode reload(Given given) {
        Reload reload = given.control().reload();
        ground.audit().by(given.asker()).done("config.reload", "config");
        ObjectNode object = Trees.object();
        reload.applied().forEach(object.putArray("applied")::add);
        reload.problems().forEach(object.putArray("problems")::add);
        return object;
    }
}
