package hal0.relay.embed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.memory.EmbedderException;
import hal0.relay.error.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is asked of `/v1/embeddings` and what comes back.
///
/// **Source** src/resources/embeddings.ts in openai/openai-node (read 2026-11-22): `data` need not
/// be in the order of the input, each has its `index`.
final class EmbeddingJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EmbeddingJson() {}

    static byte[] request(String model, List<String> texts) {
        return Json.bytes(json -> {
            json.writeStartObject();
            json.writeStringField("model", model);
            json.writeArrayFieldStart("input");
            for (String text : texts) {
                json.writeString(text);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static List<float[]> vectors(String model, int count, byte[] answer) {
        try {
            return vectors(model, count, JSON.readTree(answer));
        } catch (IOException e) {
            throw unusable(model, "the answer is not JSON", e);
        }
    }

    static List<float[]> vectors(String model, int count, JsonNode answer) {
        JsonNode data = answer.path("data");
        if (data.size() != count) {
            throw unusable(
                    model,
                    "%d texts were sent and %d vectors came back".formatted(count, data.size()),
                    null);
        }
        float[][] vectors = new float[count][];
        for (int i = 0; i < count; i++) {
            int index = data.get(i).path("index").asInt(i);
            if (index < 0 || index >= count || vectors[index] != null) {
                throw unusable(model, "the vectors are numbered wrongly", null);
            }
            vectors[index] = vector(model, data.get(i).path("embedding"));
        }
        return new ArrayList<>(Arrays.asList(vectors));
    }

    private static float[] vector(String model, JsonNode numbers) {
        float[] vector = new float[numbers.size()];
        for (int i = 0; i < vector.length; i++) {
            JsonNode number = numbers.get(i);
            if (!number.isNumber()) {
                throw unusable(model, "a vector holds what is no number", null);
            }
            vector[i] = number.floatValue();
        }
        return vector;
    }

    private static EmbedderException unusable(
            String model, String reason, @Nullable Throwable cause) {
        return EmbedderException.unavailable(
                "the embeddings of %s cannot be used: %s".formatted(model, reason), cause);
    }

    /// Whether a status says that the texts themselves are at fault, such as one that is too long.
    static boolean refusesTexts(int status) {
        return status == 400 || status == 413 || status == 422;
    }

    static EmbedderException failed(
            String model, int status, String message, @Nullable Throwable cause) {
        String told = "%s gives no embeddings: %s".formatted(model, message);
        return refusesTexts(status)
                ? EmbedderException.refused(told, cause)
                : EmbedderException.unavailable(told, cause);
    }

    /// The words of an error's body.
    static String message(int status, byte[] body) {
        try {
            JsonNode error = JSON.readTree(body).path("error");
            String message = error.isTextual() ? error.asText() : error.path("message").asText();
            return message.isEmpty() ? "status " + status : message;
        } catch (IOException e) {
            return "status " + status;
        }
    }
}
