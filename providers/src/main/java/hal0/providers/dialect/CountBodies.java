package hal0.providers.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/// What the requests and the answers of token counting have in common.
public final class CountBodies {
    private CountBodies() {}

    /// The fields of a request that may be counted: the endpoints refuse the others.
    public static byte[] only(Set<String> fields, byte[] request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(request.length);
        try (JsonParser p = Json.parser(request, 0, request.length);
                JsonGenerator json = Json.generator(bytes)) {
            p.nextToken();
            json.writeStartObject();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                String name = p.currentName();
                p.nextToken();
                if (fields.contains(name)) {
                    json.writeFieldName(name);
                    json.copyCurrentStructureExact(p);
                } else {
                    p.skipChildren();
                }
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a request that hal0 wrote is not JSON", e);
        }
        return bytes.toByteArray();
    }

    /// The number in a field of an answer.
    ///
    /// **Errors** `BadStream` when it is not there.
    public static long number(byte[] answer, String field, AnswerErrors errors) {
        try (JsonParser p = Json.parser(answer, 0, answer.length)) {
            p.nextToken();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                boolean found = p.currentName().equals(field);
                JsonToken value = p.nextToken();
                if (found && value == JsonToken.VALUE_NUMBER_INT) {
                    return p.getLongValue();
                }
                p.skipChildren();
            }
        } catch (IOException e) {
            throw errors.bad("the count is not JSON", answer, 0, answer.length, e);
        }
        throw errors.bad("the answer has no " + field, answer, 0, answer.length, null);
    }
}
