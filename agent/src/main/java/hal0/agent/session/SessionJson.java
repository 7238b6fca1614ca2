package hal0.agent.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// A session as one JSON object, for other programs.
///
/// **Shape** the fields of the file's header — `format`, `id`, `cwd`, `provider`, `model`,
/// `started`, and `parent`, `forked_from`, `agent` where there are any — and `entries`: each line
/// of the file with its `number`, from 0, and `holds`, false for what was taken back or does not
/// count any more. A new `format` is needed to change the meaning of a field; new fields and types
/// are not a change.
public final class SessionJson {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .build();

    private SessionJson() {}

    /// Ends with a newline; `to` stays open.
    public static void write(Session session, OutputStream to) throws IOException {
        Set<Integer> holding = new HashSet<>();
        History.of(session.entries()).all().forEach(each -> holding.add(each.number()));
        try (JsonGenerator out = JSON.createGenerator(to)) {
            out.useDefaultPrettyPrinter();
            out.writeStartObject();
            SessionWriter.fields(out, session.header());
            out.writeArrayFieldStart("entries");
            List<SessionEntry> entries = session.entries();
            for (int number = 0; number < entries.size(); number++) {
                out.writeStartObject();
                out.writeNumberField("number", number);
                out.writeBooleanField("holds", holding.contains(number));
                SessionWriter.fields(out, entries.get(number));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
            out.writeRaw('\n');
        }
    }
}
