package hal0.cli;

import hal0.providers.testing.RawServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// An OpenAI provider that streams as slowly as a test wants, and knows when its client has left.
final class SlowProvider implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final String first;
    private final String again;
    private final RawServer server = new RawServer((_, socket) -> answer(socket));

    private SlowProvider(String first, String again) {
        this.first = first;
        this.again = again;
    }

    /// Never answers, not even with headers.
    static SlowProvider silent() {
        return new SlowProvider("", "");
    }

    /// Says `text` and then nothing until it is released or its client leaves.
    static SlowProvider saying(String text) {
        return new SlowProvider(HEAD + chunk(text, "null"), "");
    }

    /// Says `text` over and over until its client leaves.
    static SlowProvider endless(String text) {
        return new SlowProvider(HEAD, chunk(text, "null"));
    }

    private static String chunk(String text, String finish) {
        return "data: {\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":%s}]}\n\n"
                .formatted(text, finish);
    }

    private boolean answer(Socket socket) throws IOException, InterruptedException {
        RawServer.write(socket, first);
        Thread.ofVirtual().start(() -> watch(socket));
        asked.countDown();
        while (!again.isEmpty() && isClientThere()) {
            RawServer.write(socket, again);
        }
        released.await();
        RawServer.write(socket, chunk(" and the rest", "\"stop\"") + "data: [DONE]\n\n");
        return false;
    }

    /// A client sends nothing after its request, so that the next thing read is its leaving.
    private void watch(Socket socket) {
        try {
            if (socket.getInputStream().read() < 0) {
                left.countDown();
            }
        } catch (IOException e) {
            left.countDown();
        }
    }

    URI baseUrl() {
        return server.uri("/v1");
    }

    void awaitAsked() throws InterruptedException {
        await(asked, "the provider was not asked");
    }

    void awaitClientLeft() throws InterruptedException {
        await(left, "the client did not leave");
    }

    boolean isClientThere() {
        return left.getCount() > 0;
    }

    /// Lets the answer end.
    void release() {
        released.countDown();
    }

    private static void await(CountDownLatch latch, String otherwise) throws InterruptedException {
        if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public void close() {
        release();
        server.close();
    }
}
