package hal0.relay.control;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.dialect.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The GPUs as `/api/gpu` writes them, and as they are read from there.
public final class GpuJson {
    private GpuJson() {}

    public static void write(JsonGenerator json, GpuInfo gpu) throws IOException {
        json.writeStartObject();
        json.writeArrayFieldStart("gpus");
        for (GpuInfo.Card card : gpu.cards()) {
            json.writeStartObject();
            json.writeStringField("kind", card.kind());
            json.writeNumberField("index", card.index());
            json.writeStringField("name", card.name());
            json.writeNumberField("total_mb", card.totalMb());
            json.writeNumberField("used_mb", card.usedMb());
            json.writeNumberField("free_mb", card.freeMb());
            json.writeFieldName("utilization");
            Json.writeValue(json, card.utilization());
            json.writeFieldName("temperature");
            Json.writeValue(json, card.temperature());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("shares");
        for (GpuInfo.Share share : gpu.shares()) {
            json.writeStartObject();
            json.writeStringField("slot", share.slot());
            json.writeStringField("pool", share.pool());
            json.writeNumberField("mb", share.mb());
            json.writeBooleanField("measured", share.measured());
            json.writeStringField("state", share.state());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeStringField("mode", gpu.mode());
        json.writeBooleanField("pinned", gpu.pinned());
        json.writeNumberField("memory_mb", gpu.memoryMb());
        json.writeNumberField("available_mb", gpu.availableMb());
        json.writeEndObject();
    }

    static GpuInfo read(JsonNode node) {
        List<GpuInfo.Card> cards = new ArrayList<>();
        node.path("gpus")
                .forEach(card ->
                        cards.add(
                                new GpuInfo.Card(
                                        card.path("kind").asText(),
                                        card.path("index").asInt(),
                                        card.path("name").asText(),
                                        card.path("total_mb").asLong(),
                                        card.path("used_mb").asLong(),
                                        card.path("free_mb").asLong(),
                                        card.hasNonNull("utilization")
                                                ? card.path("utilization").asInt()
                                                : null,
                                        card.hasNonNull("temperature")
                                                ? card.path("temperature").asInt()
                                                : null)));
        List<GpuInfo.Share> shares = new ArrayList<>();
        node.path("shares")
                .forEach(share ->
                        shares.add(
                                new GpuInfo.Share(
                                        share.path("slot").asText(),
                                        share.path("pool").asText(),
                                        share.path("mb").asLong(),
                                        share.path("measured").asBoolean(),
                                        share.path("state").asText())));
        return new GpuInfo(
                cards,
                shares,
                SlotJson.text(node, "mode"),
                node.path("pinned").asBoolean(),
                node.path("memory_mb").asLong(),
                node.path("available_mb").asLong());
    }
}
