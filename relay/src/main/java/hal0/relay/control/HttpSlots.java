package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.http.CancelToken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The slots of another process, over its `/api`.
///
/// **Threads** any.
final class HttpSlots implements SlotControl {
    private static final String PATH = "/api/slots";

    /// No call takes longer: what stands between may end silent ones.
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

    private final RelayCalls relay;

    HttpSlots(RelayCalls relay) {
        this.relay = relay;
    }

    private static String at(String name) {
        return PATH + "/" + RelayCalls.segment(name);
    }

    @Override
    public List<SlotInfo> all() {
        List<SlotInfo> all = new ArrayList<>();
        relay.call("GET", PATH, null).forEach(node -> all.add(SlotJson.slot(node)));
        return all;
    }

    @Override
    public SlotInfo one(String name) {
        return SlotJson.slot(relay.call("GET", at(name), null));
    }

    @Override
    public SlotInfo create(String name, Map<String, @Nullable Object> keys) {
        Map<String, @Nullable Object> body = tables(keys);
        body.put("name", name);
        return SlotJson.slot(relay.call("POST", PATH, body));
    }

    @Override
    public SlotInfo change(String name, Map<String, @Nullable Object> keys) {
        return SlotJson.slot(relay.call("PUT", at(name), tables(keys)));
    }

    /// `slot.image` as the field `image` of the object `slot`.
    private static Map<String, @Nullable Object> tables(Map<String, @Nullable Object> keys) {
        Map<String, Map<String, @Nullable Object>> tables = new LinkedHashMap<>();
        keys.forEach((key, value) -> {
            int dot = key.indexOf('.');
            tables.computeIfAbsent(key.substring(0, dot), _ -> new LinkedHashMap<>())
                    .put(key.substring(dot + 1), value);
        });
        return new LinkedHashMap<>(tables);
    }

    @Override
    public void remove(String name) {
        var _ = relay.call("DELETE", at(name), null);
    }

    @Override
    public SlotInfo load(String name, @Nullable String model) {
        return ordered(name, "load", model == null ? Map.of() : Map.of("model", model));
    }

    @Override
    public SlotInfo unload(String name) {
        return ordered(name, "unload", Map.of());
    }

    @Override
    public SlotInfo restart(String name) {
        return ordered(name, "restart", Map.of());
    }

    @Override
    public SlotInfo swap(String name, String model, boolean persist) {
        return ordered(name, "swap", Map.of("model", model, "persist", persist));
    }

    private SlotInfo ordered(String name, String order, Map<String, Object> body) {
        return SlotJson.slot(relay.call("POST", at(name) + "/" + order, body));
    }

    @Override
    public Awaited await(String name, Duration patience, CancelToken cancel) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            Duration now = left.compareTo(LONGEST_CALL) < 0 ? left : LONGEST_CALL;
            String path = at(name) + "/state?wait=" + now.toMillis() / 1000.0;
            JsonNode state = relay.call("GET", path, null, cancel);
            Awaited awaited = new Awaited(SlotJson.slot(state), state.path("settled").asBoolean());
            if (awaited.settled() || now.equals(left)) {
                return awaited;
            }
        }
    }

    @Override
    public SlotLaunch resolved(String name) {
        return SlotJson.launch(relay.call("GET", at(name) + "/resolved", null));
    }

    @Override
    public void logs(
            String name, int lines, boolean follow, Consumer<SlotLine> sink, CancelToken cancel) {
        String query = "?lines=" + lines;
        if (follow) {
            relay.follow(
                    at(name) + "/logs/stream" + query,
                    line -> sink.accept(SlotJson.line(line)),
                    cancel);
        } else {
            relay.call("GET", at(name) + "/logs" + query, null, cancel)
                    .path("lines")
                    .forEach(line -> sink.accept(SlotJson.line(line)));
        }
    }

    @Override
    public GpuInfo gpu() {
        return GpuJson.read(relay.call("GET", "/api/gpu", null));
    }

    @Override
    public GpuInfo gpuMode(String mode, boolean force, boolean pin) {
        return GpuJson.read(
                relay.call(
                        "POST", "/api/gpu/mode", Map.of("mode", mode, "force", force, "pin", pin)));
    }
}
