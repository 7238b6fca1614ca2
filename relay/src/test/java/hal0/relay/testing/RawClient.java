package hal0.relay.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A client over a bare socket that keeps its connection: what is sent and received is exactly what
/// the test says and sees.
///
/// **Threads** one.
public final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;

    /// An answer; `whole` is false when the connection ended in the middle of the body.
    public record Answer(int status, List<String> headers, byte[] body, boolean whole) {
        public String text() {
            return new String(body, UTF_8);
        }

        /// The only value of a header.
        public Optional<String> header(String name) {
            List<String> found = headers(name);
            if (found.size() > 1) {
                throw new AssertionError(name + " stands " + found.size() + " times: " + found);
            }
            return found.stream().findFirst();
        }

        public List<String> headers(String name) {
            String prefix = name.toLowerCase(Locale.ROOT) + ":";
            return headers.stream()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(prefix))
                    .map(line -> line.substring(prefix.length()).strip())
                    .toList();
        }
    }

    public RawClient(int port) {
        try {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(30_000);
            in = socket.getInputStream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The bytes of a POST with that body.
    public static byte[] post(String path, byte[] body, String... headers) {
        StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append("Content-Type: application/json\r\nContent-Length: ")
                .append(body.length)
                .append("\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    public static byte[] post(String path, String body, String... headers) {
        return post(path, body.getBytes(UTF_8), headers);
    }

    public RawClient send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawClient send(String bytes) {
        return send(bytes.getBytes(ISO_8859_1));
    }

    /// Sends, though the other side may have heard enough before the end.
    public RawClient sendAnyway(String bytes) {
        return sendAnyway(bytes.getBytes(ISO_8859_1));
    }

    public RawClient sendAnyway(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            // The relay hung up in the middle: what it said is still there to be read.
            return this;
        }
        return this;
    }

    /// Says that nothing more comes, while it still listens.
    public RawClient endSending() {
        try {
            socket.shutdownOutput();
        } catch (IOException e) {
            // The relay was quicker to hang up.
            return this;
        }
        return this;
    }

    /// Everything until the connection ends.
    public String whatComes() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection stayed open", e);
        } catch (IOException e) {
            // A reset is an end too.
            return rest.toString(ISO_8859_1);
        }
        return rest.toString(ISO_8859_1);
    }

    /// The head of an answer to HEAD, which has no body whatever its length says.
    public Answer receiveWithoutBody() {
        Head head = receiveHead();
        return new Answer(head.status, head.lines, new byte[0], true);
    }

    /// One answer, read to its end.
    public Answer receive() {
        Head head = receiveHead();
        try {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            boolean whole = body(head, body);
            return new Answer(head.status, head.lines, body.toByteArray(), whole);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The first line and the header lines of an answer.
    public record Head(int status, List<String> lines) {
        private Optional<String> find(String name) {
            return new Answer(status, lines, new byte[0], true).header(name);
        }
    }

    /// The head of one answer.
    public Head receiveHead() {
        try {
            String first = line();
            if (first.isEmpty()) {
                throw new AssertionError("the connection ended before an answer");
            }
            List<String> lines = new ArrayList<>();
            for (String line = line(); !line.isEmpty(); line = line()) {
                lines.add(line);
            }
            return new Head(Integer.parseInt(first.split(" ", 3)[1]), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean body(Head head, ByteArrayOutputStream body) throws IOException {
        if (head.find("Transfer-Encoding").isPresent()) {
            return chunks(body);
        }
        if (head.find("Content-Length").isPresent()) {
            int length = Integer.parseInt(head.find("Content-Length").get());
            body.writeBytes(in.readNBytes(length));
            return body.size() == length;
        }
        if (head.status == 204 || head.status == 304) {
            return true;
        }
        in.transferTo(body);
        return true;
    }

    private boolean chunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            String size = line();
            if (size.isEmpty()) {
                return false;
            }
            int length = Integer.parseInt(size, 16);
            byte[] chunk = in.readNBytes(length);
            body.writeBytes(chunk);
            if (chunk.length < length || in.readNBytes(2).length < 2) {
                return false;
            }
            if (length == 0) {
                return true;
            }
        }
    }

    /// Reads bytes until `text` has come.
    public RawClient awaitText(String text) {
        return awaitText(text, new StringBuilder());
    }

    /// The same; what was read is added to `seen`.
    public RawClient awaitText(String text, StringBuilder seen) {
        try {
            while (seen.indexOf(text) < 0) {
                int b = in.read();
                if (b < 0) {
                    throw new AssertionError("the connection ended after: " + seen);
                }
                seen.append((char) b);
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether the server has closed; waits for it to say anything.
    public boolean isAtEnd() {
        try {
            return in.read() < 0;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the connection stayed open", e);
        } catch (IOException e) {
            return true;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
            if (b != '\r') {
                line.append((char) b);
            }
        }
        return line.toString();
    }

    /// Leaves by a reset, after which nothing can be written to this client.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
