package hal0.relay.forward;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Takes out of one OpenAI stream event what asking for usage put in.
///
/// **Shape** a provider that is asked adds one event with usage and no choices, and `usage: null`
/// to all others. The client did not ask, so it is shown neither; every other byte stays.
/// **Source** https://platform.openai.com/docs/api-reference/chat/create, `stream_options`.
final class AddedUsage {
    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NAME = {'"', 'u', 's', 'a', 'g', 'e', '"'};

    /// What to do with the event: keep all, drop all, or keep all but `[start, end)`.
    record Verdict(boolean drop, int start, int end) {
        static final Verdict KEEP = new Verdict(false, 0, 0);
        static final Verdict DROP = new Verdict(true, 0, 0);
    }

    private AddedUsage() {}

    /// Judges the event in `bytes[from, to)`.
    static Verdict judge(byte[] bytes, int from, int to) {
        if (indexOf(bytes, from, to, NAME) < 0) {
            return Verdict.KEEP;
        }
        int data = dataStart(bytes, from, to);
        if (data < 0) {
            return Verdict.KEEP;
        }
        try (JsonParser parser = JSON.createParser(bytes, data, to - data)) {
            return judge(bytes, data, parser);
        } catch (JsonProcessingException e) {
            // Not JSON: the client is shown what the provider wrote.
            return Verdict.KEEP;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Verdict judge(byte[] bytes, int data, JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Verdict.KEEP;
        }
        boolean noChoices = false;
        boolean counted = false;
        Verdict nulled = Verdict.KEEP;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            int nameStart = data + (int) parser.currentTokenLocation().getByteOffset();
            JsonToken value = parser.nextToken();
            if (name.equals("usage") && value == JsonToken.VALUE_NULL) {
                int end = data + (int) parser.currentLocation().getByteOffset();
                nulled = withComma(bytes, nameStart, end);
            } else if (name.equals("usage")) {
                counted = value == JsonToken.START_OBJECT;
                parser.skipChildren();
            } else if (name.equals("choices") && value == JsonToken.START_ARRAY) {
                noChoices = parser.nextToken() == JsonToken.END_ARRAY;
                skipArray(parser, noChoices);
            } else {
                parser.skipChildren();
            }
        }
        return counted && noChoices ? Verdict.DROP : nulled;
    }

    private static void skipArray(JsonParser parser, boolean atEnd) throws IOException {
        if (atEnd) {
            return;
        }
        do {
            parser.skipChildren();
        } while (parser.nextToken() != JsonToken.END_ARRAY);
    }

    /// The member together with the comma that separates it from its neighbour.
    private static Verdict withComma(byte[] bytes, int start, int end) {
        int before = start - 1;
        while (isSpace(bytes[before])) {
            before--;
        }
        if (bytes[before] == ',') {
            return new Verdict(false, before, end);
        }
        int after = end;
        while (isSpace(bytes[after])) {
            after++;
        }
        if (bytes[after] != ',') {
            return new Verdict(false, start, end);
        }
        after++;
        while (isSpace(bytes[after])) {
            after++;
        }
        return new Verdict(false, start, after);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t' || b == '\n' || b == '\r';
    }

    /// Where the payload of the event's only data line begins, or -1 when there is not exactly one.
    private static int dataStart(byte[] bytes, int from, int to) {
        int found = -1;
        int line = from;
        for (int i = from; i < to; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                line = i + 1;
            } else if (i == line
                    && to - i > 5
                    && bytes[i] == 'd'
                    && bytes[i + 1] == 'a'
                    && bytes[i + 2] == 't'
                    && bytes[i + 3] == 'a'
                    && bytes[i + 4] == ':') {
                if (found >= 0) {
                    return -1;
                }
                found = i + 5;
            }
        }
        return found;
    }

    private static int indexOf(byte[] bytes, int from, int to, byte[] word) {
        outer:
        for (int i = from; i <= to - word.length; i++) {
            if (bytes[i] != word[0]) {
                continue;
            }
            for (int j = 1; j < word.length; j++) {
                if (bytes[i + j] != word[j]) {
                    continue outer;
                }
            }
            return i;
        }
        return -1;
    }
}
