package hal0.relay.embed;

import hal0.relay.answer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// An answer that stays in this process.
///
/// **Shape** one that is larger than [#LARGEST] is broken off. **Threads** one.
final class KeptReply implements Reply {
    private static final int LARGEST = 64 * 1024 * 1024;

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;

    int code() {
        return status;
    }

    byte[] body() {
        return body.toByteArray();
    }

    @Override
    public Reply status(int code) {
        status = code;
        return this;
    }

    @Override
    public Reply set(String name, String value) {
        return this;
    }

    @Override
    public Reply add(String name, String value) {
        return this;
    }

    @Override
    public void send(byte[] whole) throws IOException {
        stream().write(whole);
    }

    @Override
    public OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                if (body.size() + length > LARGEST) {
                    throw new IOException("the answer is too large");
                }
                body.write(bytes, offset, length);
            }
        };
    }

    @Override
    public RuntimeException abort(String why) {
        return new Broken(why);
    }

    /// An answer that is not whole.
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;

        Broken(String why) {
            super(why);
        }
    }
}
