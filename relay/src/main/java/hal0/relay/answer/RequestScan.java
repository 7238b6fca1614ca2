package hal0.relay.answer;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import hal0.relay.error.RelayException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/// What the relay reads of a request body, and where in the bytes it stands.
///
/// **Shape** only members of the outermost object count. `model` is null when absent; a range is
/// empty (`start == end`) when its member is absent. `bodyStart` is the offset just after `{`.
/// **Errors** [BadBodyException] for anything that is not one whole JSON object in UTF-8;
/// [RelayException] for a model that cannot be one's name.
public record RequestScan(
        @Nullable String model,
        Range modelRange,
        boolean stream,
        boolean usageAsked,
        Range streamOptionsRange,
        Range includeUsageRange,
        int bodyStart,
        boolean empty) {

    /// Far longer than any provider's; what is searched for by name costs time for each letter.
    private static final int LONGEST_MODEL = 256;

    /// Offsets of a value in the body, `end` exclusive.
    public record Range(int start, int end) {
        static final Range ABSENT = new Range(0, 0);

        public boolean isPresent() {
            return end > start;
        }
    }

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    public static RequestScan of(byte[] body) {
        refuseOtherEncodings(body);
        if (body.length > 1 && body[0] == '-' && body[1] == '-') {
            throw new BadBodyException("the body is a form; a JSON object is expected", 1, 1);
        }
        try (JsonParser parser = JSON.createParser(body)) {
            return new Scanner(body, parser).scan();
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new BadBodyException(
                    reason(e), at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr());
        } catch (IOException e) {
            // CharConversionException: the parser met bytes that are not UTF-8.
            if (e instanceof java.io.CharConversionException) {
                throw new BadBodyException("the body is not UTF-8: " + e.getMessage(), 0, 0);
            }
            throw new UncheckedIOException(e);
        }
    }

    private static String reason(JsonProcessingException e) {
        return switch (e) {
            case StreamConstraintsException _ ->
                    "the body is nested too deeply, or has a number or a name of more than a thousand characters";
            // The parser's own words for it speak of its settings.
            case JsonEOFException _ -> "the body ends before its JSON does";
            default -> e.getOriginalMessage();
        };
    }

    /// JSON that begins with a zero byte, or has one second, is UTF-16 or UTF-32; so is what begins
    /// with their byte order marks.
    private static void refuseOtherEncodings(byte[] body) {
        if (body.length < 2) {
            return;
        }
        int first = body[0] & 0xff;
        int second = body[1] & 0xff;
        if (first == 0 || second == 0 || (first >= 0xfe && second >= 0xfe)) {
            throw new BadBodyException("the body is not UTF-8", 1, 1);
        }
    }

    /// Refuses what is no model's name; what is searched for by name costs time for each letter.
    ///
    /// **Errors** [RelayException].
    public static void refuseUnlikely(String model) {
        if (model.length() > LONGEST_MODEL || model.chars().anyMatch(Character::isISOControl)) {
            throw RelayException.at(
                    "model",
                    400,
                    "request.invalid",
                    "the name of the model has more than %d characters or a control character; GET /v1/models lists the names"
                            .formatted(LONGEST_MODEL));
        }
    }

    private static final class Scanner {
        private final byte[] body;
        private final JsonParser parser;
        private @Nullable String model;
        private Range modelRange = Range.ABSENT;
        private boolean stream;
        private boolean usageAsked;
        private Range streamOptions = Range.ABSENT;
        private Range includeUsage = Range.ABSENT;

        Scanner(byte[] body, JsonParser parser) {
            this.body = body;
            this.parser = parser;
        }

        RequestScan scan() throws IOException {
            JsonToken first = parser.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw wrong(
                        first == null
                                ? "the body is empty; a JSON object is expected"
                                : "the body must be a JSON object");
            }
            int bodyStart = (int) parser.currentLocation().getByteOffset();
            boolean empty = true;
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                empty = false;
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "model" -> readModel(value);
                    case "stream" -> stream = value == JsonToken.VALUE_TRUE;
                    case "stream_options" -> readStreamOptions(value);
                    default -> parser.skipChildren();
                }
            }
            if (parser.nextToken() != null) {
                throw wrong("there is more after the end of the JSON object");
            }
            return new RequestScan(
                    model,
                    modelRange,
                    stream,
                    usageAsked,
                    streamOptions,
                    includeUsage,
                    bodyStart,
                    empty);
        }

        private void readModel(JsonToken value) throws IOException {
            if (modelRange.isPresent()) {
                // Parsers disagree on which of two counts; routing by one and sending both would
                // let a client reach a model that was not checked.
                throw wrong("model stands twice");
            }
            if (value == JsonToken.VALUE_STRING) {
                model = parser.getText();
                modelRange = range();
                refuseOverlong();
                refuseUnlikely(model);
            } else {
                throw wrong("model must be a string");
            }
        }

        /// The parser takes a slash that is written in two bytes for a slash; nobody else does.
        private void refuseOverlong() {
            try {
                UTF_8.newDecoder()
                        .decode(
                                ByteBuffer.wrap(
                                        body,
                                        modelRange.start(),
                                        modelRange.end() - modelRange.start()));
            } catch (CharacterCodingException e) {
                throw wrong("the name of the model is not UTF-8");
            }
        }

        private void readStreamOptions(JsonToken value) throws IOException {
            if (value == JsonToken.VALUE_NULL) {
                streamOptions = range();
                return;
            }
            if (value != JsonToken.START_OBJECT) {
                // Whether that is wrong is for the provider to say.
                parser.skipChildren();
                return;
            }
            int start = (int) parser.currentTokenLocation().getByteOffset();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean usage = parser.currentName().equals("include_usage");
                JsonToken option = parser.nextToken();
                if (usage) {
                    usageAsked = option == JsonToken.VALUE_TRUE;
                    includeUsage = range();
                } else {
                    parser.skipChildren();
                }
            }
            streamOptions = new Range(start, (int) parser.currentLocation().getByteOffset());
        }

        private Range range() throws IOException {
            parser.finishToken();
            return new Range(
                    (int) parser.currentTokenLocation().getByteOffset(),
                    (int) parser.currentLocation().getByteOffset());
        }

        private BadBodyException wrong(String what) {
            JsonLocation at = parser.currentTokenLocation();
            return new BadBodyException(what, at.getLineNr(), at.getColumnNr());
        }
    }
}
