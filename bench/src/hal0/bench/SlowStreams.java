package hal0.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// Opens many streams through a relay and holds them: the upstream, which says a word every second,
/// and the clients, which count what they get, in one program of virtual threads.
///
/// **Shape** the arguments are the upstream's port, the relay's, how many streams, how many seconds
/// they last once all are open, and the relay's process, whose memory and threads are read from
/// `/proc`.
final class SlowStreams {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /// Later than this after the word before, a word counts as stalled.
    private static final Duration LATE = Duration.ofSeconds(3);

    /// As many connect at a time as a busy machine has clients that do.
    private static final int CONNECT_AT_ONCE = 64;

    private static final String WORD =
            "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"word \"},\"finish_reason\":null}]}\n\n";
    private static final String LAST =
            "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

    private final int relayPort;
    private final int count;
    private final int seconds;
    private final CountDownLatch allOpen;
    private final CountDownLatch ended;
    private final Semaphore connecting = new Semaphore(CONNECT_AT_ONCE);
    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicInteger stalled = new AtomicInteger();
    private final AtomicLong longestNanos = new AtomicLong();
    private final AtomicLong words = new AtomicLong();
    private volatile String firstFault = "";

    private SlowStreams(int relayPort, int count, int seconds) {
        this.relayPort = relayPort;
        this.count = count;
        this.seconds = seconds;
        this.allOpen = new CountDownLatch(count);
        this.ended = new CountDownLatch(count);
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SlowStreams run =
                new SlowStreams(
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]));
        try (ServerSocket upstream =
                new ServerSocket(
                        Integer.parseInt(arguments[0]), 4096, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> run.accept(upstream));
            run.go(Path.of("/proc", arguments[4], "status"));
        }
    }

    private void go(Path status) throws IOException, InterruptedException {
        String before = "%d MB, %d threads".formatted(memory(status), threads(status));
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            Thread.ofVirtual().start(this::client);
        }
        if (!allOpen.await(120, TimeUnit.SECONDS)) {
            System.out.printf("%d of %d streams did not open%n", allOpen.getCount(), count);
        }
        double opened = (System.nanoTime() - start) / 1e9;
        long mostMemory = 0;
        long mostThreads = 0;
        while (!ended.await(500, TimeUnit.MILLISECONDS)) {
            mostMemory = Math.max(mostMemory, memory(status));
            mostThreads = Math.max(mostThreads, threads(status));
        }
        System.out.printf("%d streams, all open after %.1f s%n", count, opened);
        System.out.printf(
                "  whole %d, dropped %d, stalled %d (a word more than %d s late); %d words, the latest after %.2f s%n",
                whole.get(),
                dropped.get(),
                stalled.get(),
                LATE.toSeconds(),
                words.get(),
                longestNanos.get() / 1e9);
        System.out.printf(
                "  relay before %s; at most %d MB, %d threads of the system%n",
                before, mostMemory, mostThreads);
        if (!firstFault.isEmpty()) {
            System.out.println("  the first fault: " + firstFault);
        }
    }

    private void accept(ServerSocket upstream) {
        try {
            while (true) {
                Socket socket = upstream.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // The run is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 1024);
            skipRequest(in);
            OutputStream out = socket.getOutputStream();
            out.write(
                    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(US_ASCII));
            chunk(out, WORD);
            // Until all are open nobody ends, and everybody goes on saying something.
            int left = seconds;
            long next = System.nanoTime();
            while (left > 0) {
                next += PERIOD.toNanos();
                LockSupport.parkNanos(next - System.nanoTime());
                chunk(out, WORD);
                if (allOpen.getCount() == 0) {
                    left--;
                }
            }
            chunk(out, LAST);
            out.write("0\r\n\r\n".getBytes(US_ASCII));
        } catch (IOException e) {
            fault("the upstream's connection: " + e);
        }
    }

    private static void chunk(OutputStream out, String text) throws IOException {
        out.write((Integer.toHexString(text.length()) + "\r\n" + text + "\r\n").getBytes(US_ASCII));
    }

    private static void skipRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("a request ended early");
            }
            head.append((char) b);
        }
        for (String line : head.toString().split("\r\n")) {
            if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
                in.skipNBytes(Long.parseLong(line.substring(15).strip()));
            }
        }
    }

    private void client() {
        boolean opened = false;
        boolean isWhole = false;
        boolean late = false;
        connecting.acquireUninterruptibly();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relayPort)) {
            byte[] body =
                    "{\"model\":\"stream/m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"go on\"}]}"
                            .getBytes(US_ASCII);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(relayPort, body.length))
                            .getBytes(US_ASCII));
            out.write(body);
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[1024];
            String tail = "";
            long last = 0;
            for (int n = in.read(buffer); n > 0 && !isWhole; n = isWhole ? 0 : in.read(buffer)) {
                String text = tail + new String(buffer, 0, n, ISO_8859_1);
                long now = System.nanoTime();
                if (text.contains("data: ")) {
                    words.incrementAndGet();
                    if (!opened) {
                        opened = true;
                        connecting.release();
                        allOpen.countDown();
                    } else {
                        longestNanos.accumulateAndGet(now - last, Math::max);
                        late |= now - last > LATE.toNanos();
                    }
                    last = now;
                }
                isWhole = text.contains("data: [DONE]");
                tail = text.substring(Math.max(0, text.length() - 12));
            }
            if (!isWhole) {
                fault("a stream ended without its end: " + tail);
            }
        } catch (IOException e) {
            fault("a client's connection: " + e);
        } finally {
            if (!opened) {
                connecting.release();
                allOpen.countDown();
            }
            (isWhole ? whole : dropped).incrementAndGet();
            if (late) {
                stalled.incrementAndGet();
            }
            ended.countDown();
        }
    }

    private void fault(String what) {
        if (firstFault.isEmpty()) {
            firstFault = what;
        }
    }

    private static long memory(Path status) throws IOException {
        return field(status, "VmRSS:") / 1024;
    }

    private static long threads(Path status) throws IOException {
        return field(status, "Threads:");
    }

    private static long field(Path status, String name) throws IOException {
        List<String> lines = Files.exists(status) ? Files.readAllLines(status) : List.of();
        for (String line : lines) {
            if (line.startsWith(name)) {
                return Long.parseLong(line.substring(name.length()).replaceAll("[^0-9]", ""));
            }
        }
        return 0;
    }
}
