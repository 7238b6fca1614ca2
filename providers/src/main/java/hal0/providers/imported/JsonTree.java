package hal0.providers.imported;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// JSON with comments and trailing commas, as editors and opencode allow it.
final class JsonTree {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(Node.MAX_DEPTH).build())
                    .build();

    private JsonTree() {}

    /// **Errors** [ConfigException] with the line.
    static Tree read(String fileName, byte[] bytes) {
        try (JsonParser json = FACTORY.createParser(bytes)) {
            if (json.nextToken() == null) {
                return new Tree(1, Map.of());
            }
            Tree tree = value(json);
            if (json.nextToken() != null) {
                int line = json.currentTokenLocation().getLineNr();
                throw Malformed.at(fileName, line, "there is something after the end of the JSON");
            }
            return tree;
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw Malformed.at(fileName, line, "this is not JSON: " + reason(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e); // of a byte array
        }
    }

    /// The parser quotes what it stumbled over, and that may be half a key.
    private static String reason(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message.contains("end-of-input")) {
            return "it ends too early";
        }
        if (message.contains("nesting depth")) {
            return "it is nested too deeply";
        }
        int expected = message.indexOf("was expecting");
        return expected < 0 ? "a character is out of place" : message.substring(expected);
    }

    private static Tree value(JsonParser json) throws IOException {
        int line = json.currentTokenLocation().getLineNr();
        return switch (json.currentToken()) {
            case START_OBJECT -> new Tree(line, object(json));
            case START_ARRAY -> new Tree(line, array(json));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree(line, json.getDecimalValue());
            case VALUE_TRUE -> new Tree(line, true);
            case VALUE_FALSE -> new Tree(line, false);
            case VALUE_NULL -> new Tree(line, null);
            case null, default -> new Tree(line, json.getText());
        };
    }

    private static Map<String, Tree> object(JsonParser json) throws IOException {
        Map<String, Tree> fields = new LinkedHashMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            json.nextToken();
            fields.put(name, value(json));
        }
        return fields;
    }

    private static List<Tree> array(JsonParser json) throws IOException {
        List<Tree> items = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(json));
        }
        return items;
    }
}
