package hal0.cli.wiring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A client that reads frames as they come.
final class StreamListener implements AutoCloseable {
    private final Socket socket;
    private final BufferedReader in;

    StreamListener(URI url, String headers) throws IOException {
        socket = new Socket(url.getHost(), url.getPort());
        socket.setSoTimeout(30_000);
        String query = url.getQuery() == null ? "" : "?" + url.getQuery();
        String head =
                "GET %s%s HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
                        .formatted(url.getPath(), query, headers);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        in =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /// The next lines up to one that contains the text.
    List<String> upTo(String text) throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        // What does not come must not be waited for as long as comments do.
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        do {
            line = in.readLine();
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("no " + text + " in " + lines);
            }
            if (line == null) {
                throw new AssertionError("the stream ended after " + lines);
            }
            lines.add(line);
        } while (!line.contains(text));
        return lines;
    }

    boolean hasEnded() throws IOException {
        String line = in.readLine();
        while (line != null) {
            line = in.readLine();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
