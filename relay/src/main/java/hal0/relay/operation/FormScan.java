package hal0.relay.operation;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.relay.answer.BadBodyException;
import hal0.relay.answer.RequestScan;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads along in a form (`multipart/form-data`) as its bytes pass, for the fields `model` and
/// `stream`.
///
/// **Shape** strict where readers of forms disagree, so that the provider cannot find another model
/// in it than was found here: lines end in CR LF, each part has one `Content-Disposition` with one
/// plain name, `model` stands once. Offsets count from the form's first byte. **Errors**
/// [BadBodyException] with the part at fault. **Threads** one. **Source** RFC 7578 and RFC 2046,
/// 5.1.1.
final class FormScan {
    private static final int LONGEST_HEAD = 16 * 1024;
    private static final int LONGEST_VALUE = 1024;

    private enum At {
        VALUE,
        AFTER_DELIMITER,
        HEAD,
        END
    }

    private final byte[] delimiter;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(256);
    private At at = At.VALUE;

    /// How much of the delimiter has passed: a form begins as if a line end stood before it.
    private int matched = 2;

    private long offset;
    private long firstDelimiter = -1;
    private int part;
    private String name = "";
    private long valueStart;
    private @Nullable String model;
    private long modelStart;
    private long modelEnd;
    private boolean streamed;

    FormScan(String boundary) {
        delimiter = ("\r\n--" + boundary).getBytes(ISO_8859_1);
    }

    /// The model's name, null until its field has passed.
    @Nullable String model() {
        return model;
    }

    /// Where the model's name stands; only once there is one.
    long modelStart() {
        return modelStart;
    }

    long modelEnd() {
        return modelEnd;
    }

    /// Whether a field that has passed asks for a stream.
    boolean streamed() {
        return streamed;
    }

    /// Where the first part's delimiter begins, after the line end before it.
    long firstDelimiter() {
        return firstDelimiter;
    }

    boolean isEnded() {
        return at == At.END;
    }

    /// The next bytes of the form.
    void accept(byte[] bytes, int from, int length) {
        int end = from + length;
        int i = from;
        while (i < end && at != At.END) {
            if (at == At.VALUE && matched == 0 && !isKept()) {
                int next = indexOfReturn(bytes, i, end);
                offset += next - i;
                i = next;
                if (i == end) {
                    return;
                }
            }
            step(bytes[i++]);
        }
        offset += end - i;
    }

    private static int indexOfReturn(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != '\r') {
            i++;
        }
        return i;
    }

    private void step(byte b) {
        offset++;
        switch (at) {
            case VALUE -> value(b);
            case AFTER_DELIMITER -> afterDelimiter(b);
            case HEAD -> head(b);
            case END -> {}
        }
    }

    private boolean isKept() {
        return name.equals("model") || name.equals("stream");
    }

    private void value(byte b) {
        if (isKept()) {
            kept.write(b);
            if (kept.size() > LONGEST_VALUE + delimiter.length) {
                throw wrong("the value of " + name + " is too long");
            }
        }
        // A CR begins the delimiter and stands nowhere else in it.
        matched = b == delimiter[matched] ? matched + 1 : b == '\r' ? 1 : 0;
        if (matched == delimiter.length) {
            if (firstDelimiter < 0) {
                firstDelimiter = offset - delimiter.length + 2;
            }
            endValue(offset - delimiter.length);
            matched = 0;
            kept.reset();
            at = At.AFTER_DELIMITER;
        }
    }

    private void endValue(long end) {
        if (!isKept()) {
            return;
        }
        byte[] all = kept.toByteArray();
        String value = text(Arrays.copyOf(all, all.length - delimiter.length));
        if (name.equals("stream")) {
            streamed = value.equalsIgnoreCase("true") || value.equals("1");
            return;
        }
        if (value.isEmpty()) {
            throw wrong("model is empty");
        }
        RequestScan.refuseUnlikely(value);
        model = value;
        modelStart = valueStart;
        modelEnd = end;
    }

    private String text(byte[] value) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            throw wrong("the value of " + name + " is not UTF-8");
        }
    }

    /// `--` is the end; else the line may only have padding.
    private void afterDelimiter(byte b) {
        kept.write(b);
        byte[] line = kept.toByteArray();
        if (line.length == 2 && line[0] == '-' && line[1] == '-') {
            at = At.END;
        } else if (b == '\n' && line.length > 1 && line[line.length - 2] == '\r') {
            kept.reset();
            part++;
            at = At.HEAD;
        } else if (line.length > 64 || "- \t\r".indexOf(b) < 0) {
            throw wrong("a boundary has other text in its line");
        }
    }

    private void head(byte b) {
        kept.write(b);
        if (kept.size() > LONGEST_HEAD) {
            throw wrong("its headers are too long");
        }
        if (b != '\n') {
            return;
        }
        String head = kept.toString(ISO_8859_1);
        if (head.equals("\r\n") || head.endsWith("\r\n\r\n")) {
            name = PartName.of(head, this::wrong);
            if (name.equals("model") && model != null) {
                throw wrong("model stands twice");
            }
            kept.reset();
            valueStart = offset;
            at = At.VALUE;
        }
    }

    private BadBodyException wrong(String what) {
        return new BadBodyException(
                "the form cannot be read: part %d: %s".formatted(part, what), 0, 0);
    }
}
