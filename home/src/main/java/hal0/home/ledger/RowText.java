package hal0.home.ledger;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row as one line of a journal: a JSON array of its id and its fields, in their order, in ASCII.
///
/// **Shape** fields are only ever added at the end, and a line may have fewer than this version
/// knows: it was written by an older one.
final class RowText {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final int FIELDS_OF_THE_FIRST_VERSION = 27;

    private RowText() {}

    static byte[] of(String id, LedgerRow row) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        try (JsonGenerator json = JSON.createGenerator(line)) {
            // First, so that a line that was cut does not spoil the one after it.
            json.writeRaw('\n');
            json.writeStartArray();
            json.writeString(id);
            json.writeString(row.requestId());
            json.writeNumber(row.at().toEpochMilli());
            json.writeString(row.client());
            json.writeString(row.session());
            json.writeString(row.key());
            json.writeString(row.protocol());
            json.writeString(row.requestedModel());
            json.writeString(row.provider());
            json.writeString(row.model());
            json.writeString(row.outcome().name());
            json.writeString(row.errorKind());
            json.writeNumber(row.status());
            json.writeNumber(row.attempts());
            json.writeBoolean(row.streamed());
            json.writeNumber(row.inputTokens());
            json.writeNumber(row.outputTokens());
            json.writeNumber(row.cacheReadTokens());
            json.writeNumber(row.cacheWriteTokens());
            json.writeNumber(row.reasoningTokens());
            json.writeString(row.costUsd() == null ? null : row.costUsd().toString());
            json.writeBoolean(row.local());
            json.writeNumber(row.latencyMs());
            json.writeNumber(row.firstTokenMs());
            json.writeNumber(row.overheadUs());
            json.writeString(row.answeredModel());
            json.writeBoolean(row.estimated());
            json.writeEndArray();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory cannot be written", e);
        }
        return line.toByteArray();
    }

    /// Null for a line that is not whole: the process ended while it was written, and nobody was
    /// told then that the call is over.
    static @Nullable Entry read(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                return null;
            }
            List<@Nullable String> fields = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == null) {
                    return null;
                }
                fields.add(json.currentToken() == JsonToken.VALUE_NULL ? null : json.getText());
            }
            return fields.size() < FIELDS_OF_THE_FIRST_VERSION ? null : entry(fields);
        } catch (IOException | IllegalArgumentException _) {
            return null; // as above
        }
    }

    private static Entry entry(List<@Nullable String> fields) {
        Fields next = new Fields(fields);
        String id = next.text();
        LedgerRow row =
                new LedgerRow(
                        next.text(),
                        Instant.ofEpochMilli(next.number()),
                        next.text(),
                        next.field(),
                        next.field(),
                        next.text(),
                        next.text(),
                        next.text(),
                        next.text(),
                        Outcome.valueOf(next.text()),
                        next.field(),
                        (int) next.number(),
                        (int) next.number(),
                        next.flag(),
                        next.number(),
                        next.number(),
                        next.number(),
                        next.number(),
                        next.number(),
                        next.amount(),
                        next.flag(),
                        next.number(),
                        next.number(),
                        next.number(),
                        next.field(),
                        next.flag());
        return new Entry(id, row, null);
    }

    /// The fields of a line, one after the other.
    private static final class Fields {
        private final List<@Nullable String> fields;
        private int at;

        Fields(List<@Nullable String> fields) {
            this.fields = fields;
        }

        @Nullable String field() {
            return fields.get(at++);
        }

        String text() {
            String field = field();
            if (field == null) {
                throw new IllegalArgumentException("a field that every row has is missing");
            }
            return field;
        }

        long number() {
            return Long.parseLong(text());
        }

        @Nullable BigDecimal amount() {
            String field = field();
            return field == null ? null : new BigDecimal(field);
        }

        boolean flag() {
            return Boolean.parseBoolean(text());
        }
    }
}
