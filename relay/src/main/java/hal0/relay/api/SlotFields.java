package hal0.relay.api;

import hal0.relay.route.Field;
import hal0.slots.definition.SlotSpec;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.definition.SlotSpec.Word;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The keys of a slot's file as bodies have them, and the state of a slot as answers have it.
public final class SlotFields {
    private static final Field[] SLOT = {
        Field.text("type", "What it is asked for.").oneOf(words(SlotSpec.Type.values())).orNull(),
        Field.text("runtime", "What runs it.").oneOf(words(RuntimeName.values())).orNull(),
        Field.text("image", "What a container is made of.").orNull(),
        Field.text("device", "What computes.").oneOf(words(Device.values())).orNull(),
        Field.whole("gpu_index", "Which GPU.").orNull(),
        Field.text("profile", "Image and flags by name.").orNull(),
        Field.whole("port", "Where it listens; left out, the first free one.").orNull(),
        Field.texts("aliases", "Further names.").orNull(),
        Field.flag("enabled", "Whether it is loaded when the relay starts.").orNull(),
        Field.flag("pinned", "Whether it is never evicted.").orNull(),
        Field.whole("memory_mb", "The most memory it may take, 0 for any.").orNull(),
        Field.number("cpus", "The most processors, 0 for any.").orNull(),
        Field.texts("constraints", "Where a swarm may place it.").orNull(),
        Field.whole("idle_timeout_s", "Quiet for that long it is idle.").orNull(),
        Field.whole("unload_after_s", "Idle for that long it is unloaded; 0: it stays.").orNull(),
        Field.whole("max_parallel", "Requests at once.").orNull()
    };

    private static final Field[] MODEL = {
        Field.text("default", "Registry id, file or a name that the image knows.").orNull(),
        Field.whole("context_size", "In tokens.").orNull(),
        Field.whole("n_gpu_layers", "On the GPU; -1 for all.").orNull(),
        Field.whole("vram_mb", "What it takes; 0: estimated.").orNull()
    };

    private static final Field[] SERVER = {
        Field.texts("extra_args", "Further words of its command line.").orNull(),
        Field.any("env", "Variables, by name.").orNull(),
        Field.text("health_path", "What is asked for its health.").orNull()
    };

    /// Of a change.
    public static final List<Field> TABLES =
            List.of(
                    Field.object("slot", "The table [slot].", SLOT),
                    Field.object("model", "The table [model].", MODEL),
                    Field.object("server", "The table [server].", SERVER));

    /// Of a new one.
    public static final List<Field> NEW = newFields();

    static final Field[] STATUS = {
        Field.text("name", "Its name."),
        Field.text("type", "What it is asked for."),
        Field.text("state", "offline, pulling, starting, warming, ready, serving, idle, …"),
        Field.text("model", "What is loaded, or on its way.").orNull(),
        Field.text("default_model", "What is loaded where nobody says.").orNull(),
        Field.texts("aliases", "Further names."),
        Field.text("runtime", "What runs it."),
        Field.text("device", "What computes."),
        Field.whole("port", "Where it listens.").orNull(),
        Field.text("endpoint", "Its address.").orNull(),
        Field.flag("enabled", "Whether it is loaded when the relay starts."),
        Field.flag("pinned", "Whether it is never evicted."),
        Field.whole("in_flight", "Requests that it is answering."),
        Field.whole("waiting", "Requests that wait for it."),
        Field.text("updated_at", "When it came into this state."),
        Field.text("message", "For people."),
        Field.any("extra", "More: progress, memory_mb, restarts, parked, …")
    };

    private SlotFields() {}

    private static List<Field> newFields() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.text("name", "Small letters, digits, - and _, at most 32.").must());
        fields.addAll(TABLES);
        return List.copyOf(fields);
    }

    private static List<String> words(Word... all) {
        return Arrays.stream(all).map(Word::word).toList();
    }

    /// `slot.image` for the field `image` of the object `slot`; one text is a list of one where a
    /// list is meant.
    public static Map<String, @Nullable Object> keys(JsonBody body) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        put("", body.values(), keys);
        keys.remove("name");
        return keys;
    }

    private static void put(String path, Map<?, ?> object, Map<String, @Nullable Object> keys) {
        object.forEach((name, value) -> {
            String key = path + name;
            if (value instanceof Map<?, ?> inner) {
                put(key + ".", inner, keys);
            } else if (value instanceof String one && isList(key)) {
                keys.put(key, List.of(one));
            } else {
                keys.put(key, value);
            }
        });
    }

    private static boolean isList(String key) {
        return List.of("slot.aliases", "slot.constraints", "server.extra_args").contains(key);
    }
}
