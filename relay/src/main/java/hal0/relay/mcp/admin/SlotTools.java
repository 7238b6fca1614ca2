package hal0.relay.mcp.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.config.Nearest;
import hal0.relay.control.SlotControl;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotJson;
import hal0.relay.mcp.protocol.OfferedTool;
import hal0.relay.mcp.protocol.Tier;
import hal0.relay.mcp.protocol.ToolException;
import hal0.relay.mcp.tool.ToolBuilder;
import hal0.relay.mcp.tool.Trees;
import hal0.relay.model.ModelEntry;
import hal0.relay.route.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Slots: looked at, and told what can be undone by telling them something else.
final class SlotTools {
    private static final int USUAL_LINES = 100;
    private static final int MOST_LINES = 1000;
    private static final int USUAL_WAIT = 60;
    private static final int LONGEST_WAIT = 900;
    private static final Duration STEP = Duration.ofSeconds(1);

    private static final Field WAIT =
            Field.whole(
                    "wait_s",
                    "Seconds to wait for what comes of it: 60 if left out, 900 at most, 0 for none.");

    private final Ground ground;
    private final Field slot;

    /// `slot` names one.
    SlotTools(Ground ground, Field slot) {
        this.ground = ground;
        this.slot = slot;
    }

    List<OfferedTool> all() {
        return List.of(
                of(Tier.READ, "slots_list", "Every slot: its model, state, memory and load.")
                        .answers(Field.list("slots", "Each slot.").must())
                        .does(given ->
                                Trees.list(
                                        "slots",
                                        given.control().slots().all(),
                                        (json, each) -> SlotJson.write(json, each))),
                of(Tier.READ, "slot_get", "One slot and its state.")
                        .takes(slot)
                        .answers(state())
                        .does(given -> tree(given.control().slots().one(given.text("slot")))),
                of(Tier.READ, "slot_logs", "The last lines that a slot's server wrote.")
                        .takes(
                                slot,
                                Field.whole("lines", "How many: 100 if left out, 1000 at most."))
                        .answers(Field.texts("lines", "The oldest first.").must())
                        .does(this::logs),
                order(
                        "slot_load",
                        "Loads a slot, and waits until it answers. Other slots may be unloaded for it.",
                        List.of(
                                slot,
                                Field.text(
                                        "model",
                                        "Its id as models_list has it; left out, the default one."),
                                WAIT),
                        (slots, given) -> slots.load(given.text("slot"), model(given, false))),
                order(
                        "slot_unload",
                        "Unloads a slot, once its requests have ended.",
                        List.of(slot, WAIT),
                        (slots, given) -> slots.unload(given.text("slot"))),
                order(
                        "slot_restart",
                        "Starts anew what serves a slot.",
                        List.of(slot, WAIT),
                        (slots, given) -> slots.restart(given.text("slot"))),
                order(
                        "slot_swap",
                        "Puts another model in place of the loaded one, until the slot is loaded anew.",
                        List.of(
                                slot,
                                Field.text("model", "Its id as models_list has it.").must(),
                                WAIT),
                        (slots, given) -> slots.swap(given.text("slot"), needed(given), false)));
    }

    private ToolBuilder<Given> of(Tier tier, String name, String description) {
        return ToolBuilder.of(ground::given, tier, name, description);
    }

    private static Field[] state() {
        return new Field[] {
            Field.text("name", "Its name.").must(),
            Field.text("state", "offline, pulling, starting, warming, ready, serving, idle, …")
                    .must(),
            Field.text("model", "What is loaded, or on its way.").orNull(),
            Field.text("message", "Why, in words.")
        };
    }

    private static Field[] settled() {
        List<Field> all = new ArrayList<>(List.of(state()));
        all.add(Field.flag("settled", "Whether what was waited for is done.").must());
        return all.toArray(Field[]::new);
    }

    private static ObjectNode tree(SlotInfo slot) {
        return Trees.object(json -> SlotJson.write(json, slot));
    }

    private OfferedTool order(
            String name,
            String description,
            List<Field> takes,
            BiFunction<SlotControl, Given, SlotInfo> order) {
        return of(Tier.WRITE, name, description)
                .idempotent()
                .takes(takes)
                .answers(settled())
                .does(given -> {
                    SlotControl slots = given.control().slots();
                    SlotInfo first = order.apply(slots, given);
                    int seconds = given.whole("wait_s", USUAL_WAIT, 0, LONGEST_WAIT);
                    return seconds == 0
                            ? Trees.object(json -> SlotJson.write(json, first, !first.isUnderWay()))
                            : awaited(slots, given, first.name(), seconds);
                });
    }

    /// Waits a second at a time, and tells in between how it goes on.
    private static ObjectNode awaited(SlotControl slots, Given given, String name, int seconds) {
        for (int second = 1; ; second++) {
            SlotControl.Awaited now = slots.await(name, STEP, given.call().cancel());
            if (now.settled() || second >= seconds || given.call().cancel().isCancelled()) {
                return Trees.object(json -> SlotJson.write(json, now.slot(), now.settled()));
            }
            given.call()
                    .progress(
                            second,
                            (double) seconds,
                            "%s is %s %s"
                                    .formatted(name, now.slot().state(), now.slot().message())
                                    .strip());
        }
    }

    private String needed(Given given) {
        String model = model(given, true);
        if (model == null) {
            throw new ToolException("model: it is empty; models_list has the ids");
        }
        return model;
    }

    /// Only what the registry knows: a path of a caller's would be read by a server of this
    /// machine.
    private @Nullable String model(Given given, boolean needed) {
        String model = given.textOrNull("model");
        if (model == null) {
            return null;
        }
        String defaults = given.control().slots().one(given.text("slot")).defaultModel();
        List<String> ids = ground.models().list().stream().map(ModelEntry::id).toList();
        if (!ids.contains(model) && !model.equals(defaults)) {
            throw new ToolException(
                    "there is no model \"%s\"%s; models_list has the ids%s"
                            .formatted(
                                    model,
                                    Nearest.hint(model, ids),
                                    needed ? "" : ", left out it is the slot's own"));
        }
        return model;
    }

    private ObjectNode logs(Given given) {
        int most = given.whole("lines", USUAL_LINES, 1, MOST_LINES);
        ObjectNode object = Trees.object();
        ArrayNode lines = object.putArray("lines");
        given.control()
                .slots()
                .logs(
                        given.text("slot"),
                        most,
                        false,
                        line -> lines.add(line.text()),
                        given.call().cancel());
        return object;
    }
}
