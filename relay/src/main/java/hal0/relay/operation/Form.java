package hal0.relay.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.http.Body;
import hal0.relay.answer.BadBodyException;
import hal0.relay.error.RelayException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// A form that a client is sending.
///
/// **Shape** it is read as far as its `model` field, or to its end where it has none; what came
/// until then waits, and the rest passes while it comes. OpenAI's own libraries send the fields in
/// the order in which the program names them, often with the file first. **Errors**
/// [BadBodyException], `RelayException` 413 beyond the limit; [IOException] when the client is
/// gone. **Threads** one.
public final class Form implements Content, AutoCloseable {
    private static final int PIECE = 16 * 1024;

    /// What bounds a form, and where it may wait.
    public record Limits(long bytes, Path folder) {}

    private final InputStream in;
    private final long announced;
    private final String contentType;
    private final String boundary;
    private final Limits limits;
    private final FormScan scan;
    private final Spool spool;
    private boolean atEnd;
    private boolean begun;
    private long passed;
    private @Nullable RuntimeException fault;

    private Form(InputStream in, long announced, String contentType, Limits limits) {
        this.in = in;
        this.announced = announced;
        this.contentType = contentType;
        this.boundary = FormBoundary.of(contentType);
        this.limits = limits;
        this.scan = new FormScan(boundary);
        this.spool = new Spool(limits.folder());
    }

    /// Reads until the model is known; `announced` is the form's length, -1 where nobody told.
    public static Form open(InputStream in, long announced, String contentType, Limits limits)
            throws IOException {
        Form form = new Form(in, announced, contentType, limits);
        boolean opened = false;
        try {
            form.readToModel();
            opened = true;
            return form;
        } finally {
            if (!opened) {
                form.close();
            }
        }
    }

    private void readToModel() throws IOException {
        if (announced > limits.bytes()) {
            throw tooLarge();
        }
        byte[] piece = new byte[PIECE];
        while (scan.model() == null) {
            int n = next(piece);
            if (n < 0) {
                return;
            }
            spool.write(piece, 0, n);
        }
        if (passed == announced) {
            // All of it is here, so that a second try can send it too.
            next(piece);
        }
    }

    /// The next bytes, looked at; -1 at the end.
    private int next(byte[] piece) throws IOException {
        int n = in.read(piece);
        if (n < 0) {
            atEnd = true;
            if (!scan.isEnded()) {
                throw new BadBodyException(
                        "the form ends before its closing boundary --" + boundary + "--", 0, 0);
            }
            return n;
        }
        passed += n;
        if (passed > limits.bytes()) {
            throw tooLarge();
        }
        scan.accept(piece, 0, n);
        return n;
    }

    private RelayException tooLarge() {
        return RelayException.closing(
                413,
                "request.too_large",
                "the upload is larger than %d MB; raise [relay] max_upload_mb in config.toml"
                        .formatted(limits.bytes() / (1024 * 1024)));
    }

    @Override
    public String model() {
        String named = scan.model();
        return named == null ? "" : named;
    }

    @Override
    public boolean streamed() {
        return scan.streamed();
    }

    /// Whether a call may send it: again too where all of it is held.
    public boolean canBeSent() {
        return !begun || (spool.size() == passed && atEnd);
    }

    /// Whether the client has nothing of it left to send.
    public boolean isAtEnd() {
        return atEnd;
    }

    /// What was wrong with it, found while it was sent.
    public @Nullable RuntimeException fault() {
        return fault;
    }

    /// The form as a provider gets it, which calls the model `name`.
    public Body body(String name) {
        byte[] change = change(name);
        return Body.streamed(
                contentType,
                new Body.Rest() {
                    @Override
                    public long length() {
                        return announced < 0 ? -1 : announced - (to() - from()) + change.length;
                    }

                    @Override
                    public void writeTo(OutputStream out) throws IOException {
                        send(change, out);
                    }
                });
    }

    /// The name alone, or a part that holds it where the client sent none.
    private byte[] change(String name) {
        if (scan.model() != null) {
            return name.getBytes(UTF_8);
        }
        return "--%s\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n%s\r\n"
                .formatted(boundary, name)
                .getBytes(UTF_8);
    }

    private long from() {
        return scan.model() == null ? Math.max(0, scan.firstDelimiter()) : scan.modelStart();
    }

    private long to() {
        return scan.model() == null ? from() : scan.modelEnd();
    }

    private void send(byte[] change, OutputStream out) throws IOException {
        begun = true;
        long held = spool.size();
        spool.copy(0, from(), out);
        out.write(change);
        spool.copy(to(), held, out);
        byte[] piece = new byte[PIECE];
        try {
            while (!atEnd) {
                int n = next(piece);
                if (n > 0) {
                    out.write(piece, 0, n);
                }
            }
        } catch (RuntimeException e) {
            fault = e;
            throw new IOException("the form broke off", e);
        }
    }

    @Override
    public void close() {
        spool.close();
    }
}
