package hal0.relay.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// An upstream over a bare socket: it records each request byte for byte, answers with the scripted
/// bytes, pauses and breaks, and tells when the other side closed a connection.
///
/// **Shape** each request takes the next script; without one the connection is closed. **Threads**
/// one for each connection; everything else from any.
public final class RawUpstream implements AutoCloseable {
    private static final long PATIENCE_S = 20;

    /// What happens on one request.
    public interface Script {
        void answer(Turn turn) throws IOException, InterruptedException;
    }

    /// A request as it arrived: the head with its empty line, and the body.
    public record Asked(String head, byte[] body) {
        public String text() {
            return new String(body, UTF_8);
        }

        /// The header lines, without the first line.
        public List<String> headers() {
            return head.strip().lines().skip(1).toList();
        }

        public String requestLine() {
            return head.lines().findFirst().orElse("");
        }
    }

    private final ServerSocket server;
    private final BlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
    private final BlockingQueue<Script> early = new LinkedBlockingQueue<>();
    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final BlockingQueue<Long> left = new LinkedBlockingQueue<>();
    private final List<Asked> all = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Script always;

    public RawUpstream() {
        try {
            server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("raw-upstream").start(this::accept);
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    public int port() {
        return server.getLocalPort();
    }

    /// The next request is answered so.
    public RawUpstream then(Script script) {
        scripts.add(script);
        return this;
    }

    /// The next request is answered so once its head has come; its body stays unread.
    public RawUpstream beforeBody(Script script) {
        early.add(script);
        return this;
    }

    /// Every request without a script of its own is answered so.
    public RawUpstream always(Script script) {
        always = script;
        return this;
    }

    /// The next request is answered with these bytes.
    public RawUpstream sends(String bytes) {
        return sends(bytes.getBytes(UTF_8));
    }

    public RawUpstream sends(byte[] bytes) {
        return then(turn -> turn.send(bytes));
    }

    /// The next request that was not taken yet; waits for it.
    public Asked takeAsked() {
        return take(asked, "nobody asked the upstream");
    }

    /// Every request so far.
    public List<Asked> asked() {
        return List.copyOf(all);
    }

    /// Waits until the other side closes a connection during a script, and tells when it did.
    ///
    /// **Units** nanoseconds of [System#nanoTime].
    public long takeLeft() {
        return take(left, "nobody closed a connection to the upstream");
    }

    private static <T> T take(BlockingQueue<T> queue, String otherwise) {
        try {
            T next = queue.poll(PATIENCE_S, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError(otherwise);
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (SocketException e) {
            // Closed: the test is over.
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (Asked request = read(in, socket); request != null; request = read(in, socket)) {
                all.add(request);
                asked.add(request);
                Script script = scripts.poll();
                script = script == null ? always : script;
                if (script == null) {
                    return;
                }
                Turn turn = new Turn(request, socket);
                script.answer(turn);
                if (turn.over) {
                    return;
                }
            }
        } catch (IOException e) {
            // The other side left, which is what many tests are about.
            left.add(System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Asked read(InputStream in, Socket socket) throws IOException, InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (!endsHead(bytes)) {
            int b;
            try {
                b = in.read();
            } catch (SocketException e) {
                // Between two requests anybody may leave.
                return null;
            }
            if (b < 0) {
                return null;
            }
            bytes.write(b);
        }
        String head = bytes.toString(ISO_8859_1);
        Script unread = early.poll();
        if (unread != null) {
            unread.answer(new Turn(new Asked(head, new byte[0]), socket));
            return null;
        }
        if (head.toLowerCase(Locale.ROOT).contains("\r\ntransfer-encoding: chunked\r\n")) {
            return new Asked(head, chunks(in));
        }
        int length = 0;
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        // What was cut is no request.
        return body.length < length ? null : new Asked(head, body);
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            ByteArrayOutputStream size = new ByteArrayOutputStream();
            for (int b = in.read(); b != '\n'; b = in.read()) {
                if (b < 0) {
                    throw new SocketException("cut in a chunk");
                }
                size.write(b);
            }
            int length = Integer.parseInt(size.toString(ISO_8859_1).strip(), 16);
            body.writeBytes(in.readNBytes(length));
            in.readNBytes(2);
            if (length == 0) {
                return body.toByteArray();
            }
        }
    }

    private static boolean endsHead(ByteArrayOutputStream bytes) {
        return bytes.size() > 3 && bytes.toString(ISO_8859_1).endsWith("\r\n\r\n");
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// One request being answered.
    public final class Turn {
        private final Asked request;
        private final Socket socket;
        private boolean over;

        private Turn(Asked request, Socket socket) {
            this.request = request;
            this.socket = socket;
        }

        public Asked request() {
            return request;
        }

        public Turn send(String text) throws IOException {
            return send(text.getBytes(UTF_8));
        }

        public Turn send(byte[] bytes) throws IOException {
            socket.getOutputStream().write(bytes);
            return this;
        }

        /// Sends one chunk of a chunked body.
        public Turn chunk(String text) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            ByteArrayOutputStream framed = new ByteArrayOutputStream();
            framed.writeBytes((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
            framed.writeBytes(bytes);
            framed.writeBytes(new byte[] {'\r', '\n'});
            return send(framed.toByteArray());
        }

        /// Ends the connection in an orderly way.
        public void close() throws IOException {
            over = true;
            socket.close();
        }

        /// Ends the connection by a reset.
        public void reset() throws IOException {
            over = true;
            socket.setSoLinger(true, 0);
            socket.close();
        }

        /// Says nothing until the other side closes the connection, which is told.
        public void silence() throws IOException {
            over = true;
            try {
                while (socket.getInputStream().read() >= 0) {
                    // Nothing is expected; the end is.
                }
            } catch (SocketException e) {
                // A reset is an end too.
            }
            left.add(System.nanoTime());
        }
    }
}
