package hal0.relay.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.slots.hardware.Gpu;
import hal0.slots.hardware.GpuProcess;
import hal0.slots.hardware.Hardware;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A machine as JSON, both ways.
public final class HardwareJson {
    private HardwareJson() {}

    public static void write(JsonGenerator json, Hardware hardware) throws IOException {
        json.writeStartObject();
        json.writeStringField("cpu", hardware.cpu());
        json.writeNumberField("cores", hardware.cores());
        json.writeNumberField("memory_mb", hardware.memoryMb());
        json.writeNumberField("available_mb", hardware.availableMb());
        json.writeArrayFieldStart("gpus");
        for (Gpu gpu : hardware.gpus()) {
            write(json, gpu);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("gpu_processes");
        for (GpuProcess process : hardware.processes()) {
            json.writeStartObject();
            json.writeStringField("kind", process.kind());
            json.writeNumberField("gpu", process.gpu());
            json.writeNumberField("pid", process.pid());
            json.writeStringField("name", process.name());
            json.writeNumberField("used_mb", process.usedMb());
            json.writeEndObject();
        }
        json.writeEndArray();
        texts(json, "npus", hardware.npus());
        texts(json, "notes", hardware.notes());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Gpu gpu) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", gpu.kind());
        json.writeNumberField("index", gpu.index());
        json.writeStringField("uuid", gpu.uuid());
        json.writeStringField("name", gpu.name());
        json.writeNumberField("total_mb", gpu.totalMb());
        json.writeNumberField("used_mb", gpu.usedMb());
        json.writeNumberField("free_mb", gpu.freeMb());
        json.writeObjectField("utilization", gpu.utilization());
        json.writeObjectField("temperature", gpu.temperature());
        json.writeObjectField("power_draw", gpu.powerDraw());
        json.writeObjectField("power_limit", gpu.powerLimit());
        json.writeStringField("driver", gpu.driver());
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts)
            throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static Hardware hardware(JsonNode json) {
        List<Gpu> gpus = new ArrayList<>();
        json.path("gpus").forEach(gpu -> gpus.add(gpu(gpu)));
        List<GpuProcess> processes = new ArrayList<>();
        json.path("gpu_processes")
                .forEach(process ->
                        processes.add(
                                new GpuProcess(
                                        process.path("kind").asText(),
                                        process.path("gpu").asInt(),
                                        process.path("pid").asLong(),
                                        process.path("name").asText(),
                                        process.path("used_mb").asLong())));
        return new Hardware(
                json.path("cpu").asText(),
                json.path("cores").asInt(),
                json.path("memory_mb").asLong(),
                json.path("available_mb").asLong(),
                gpus,
                processes,
                texts(json.path("npus")),
                texts(json.path("notes")));
    }

    private static Gpu gpu(JsonNode gpu) {
        return new Gpu(
                gpu.path("kind").asText(),
                gpu.path("index").asInt(),
                ModelJson.text(gpu, "uuid"),
                gpu.path("name").asText(),
                gpu.path("total_mb").asLong(),
                gpu.path("used_mb").asLong(),
                gpu.path("free_mb").asLong(),
                whole(gpu, "utilization"),
                whole(gpu, "temperature"),
                number(gpu, "power_draw"),
                number(gpu, "power_limit"),
                ModelJson.text(gpu, "driver"));
    }

    private static @Nullable Integer whole(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.path(name).asInt() : null;
    }

    private static @Nullable Double number(JsonNode json, String name) {
        return json.hasNonNull(name) ? json.path(name).asDouble() : null;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }
}
