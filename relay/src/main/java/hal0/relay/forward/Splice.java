package hal0.relay.forward;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import hal0.providers.http.Body;
import hal0.relay.answer.RequestScan;
import hal0.relay.answer.RequestScan.Range;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Writes another model, or the wish for usage, into a request body, leaving every other byte
/// alone.
public final class Splice {
    private final byte[] body;
    private final List<Edit> edits = new ArrayList<>(2);

    private record Edit(Range range, byte[] bytes) {}

    public Splice(byte[] body) {
        this.body = body;
    }

    /// Names `model` where the client named another one, or none.
    public Splice model(RequestScan scan, String model) {
        if (model.equals(scan.model())) {
            return this;
        }
        String value = '"' + new String(JsonStringEncoder.getInstance().quoteAsString(model)) + '"';
        if (scan.modelRange().isPresent()) {
            edits.add(new Edit(scan.modelRange(), value.getBytes(UTF_8)));
        } else {
            insert(scan, "\"model\":" + value);
        }
        return this;
    }

    /// Asks for usage in a stream, keeping the client's other stream options.
    public Splice askForUsage(RequestScan scan) {
        if (scan.includeUsageRange().isPresent()) {
            edits.add(new Edit(scan.includeUsageRange(), "true".getBytes(UTF_8)));
        } else if (scan.streamOptionsRange().isPresent()) {
            Range options = scan.streamOptionsRange();
            if (body[options.start()] == '{') {
                int after = options.start() + 1;
                String separator = emptyObject(options) ? "" : ",";
                edits.add(
                        new Edit(
                                new Range(after, after),
                                ("\"include_usage\":true" + separator).getBytes(UTF_8)));
            } else {
                edits.add(new Edit(options, "{\"include_usage\":true}".getBytes(UTF_8)));
            }
        } else {
            insert(scan, "\"stream_options\":{\"include_usage\":true}");
        }
        return this;
    }

    /// The body in pieces; untouched stretches are views of the original bytes.
    public Body toBody(String contentType) {
        edits.sort(Comparator.comparingInt((Edit e) -> e.range().start()));
        List<Body.Slice> slices = new ArrayList<>(2 * edits.size() + 1);
        int at = 0;
        for (Edit edit : edits) {
            add(slices, body, at, edit.range().start() - at);
            add(slices, edit.bytes(), 0, edit.bytes().length);
            at = edit.range().end();
        }
        add(slices, body, at, body.length - at);
        return new Body(contentType, slices);
    }

    private void insert(RequestScan scan, String member) {
        String text = scan.empty() ? member : member + ",";
        edits.add(new Edit(new Range(scan.bodyStart(), scan.bodyStart()), text.getBytes(UTF_8)));
    }

    private boolean emptyObject(Range object) {
        for (int i = object.start() + 1; i < object.end() - 1; i++) {
            if (body[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    private static void add(List<Body.Slice> slices, byte[] bytes, int offset, int length) {
        if (length > 0) {
            slices.add(new Body.Slice(bytes, offset, length));
        }
    }
}
