import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// A model of this machine's own, which tells everyone the same in Chat Completions.
record Model(ServerSocket socket) implements AutoCloseable {
    static final String LAST_WORDS = "That is all.";

    private static final String ANSWER =
            """
            ## A title\\n\\nSome **bold** words and `code`.\\n\\n- one\\n- two\\n\\n\
            ```java\\nvoid main() { int x = 1; }\\n```\\n\\n| a | b |\\n|---|---|\\n| 1 | 2 |\\n\\n\
            """
                    + LAST_WORDS;

    private static final String CHUNK =
            """
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,%s}]%s}

            """;

    private static final String USAGE =
            """
            ,"usage":{"prompt_tokens":2,"completion_tokens":2,"total_tokens":4}""";

    static Model start() throws IOException {
        Model model = new Model(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().start(model::accept);
        return model;
    }

    int port() {
        return socket.getLocalPort();
    }

    private void accept() {
        while (true) {
            try {
                Socket client = socket.accept();
                Thread.ofVirtual().start(() -> serve(client));
            } catch (IOException e) {
                return; // It is closed: all have been answered.
            }
        }
    }

    private static void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                String body = new String(in.readNBytes(length(head)), UTF_8);
                if (head.startsWith("GET")) {
                    respond(client, "application/json", "{\"object\":\"list\",\"data\":[{\"id\":\"m\",\"object\":\"model\"}]}");
                } else if (body.replace(" ", "").contains("\"stream\":true")) {
                    respond(client, "text/event-stream", events());
                } else {
                    respond(client, "application/json", whole());
                }
            }
        } catch (IOException e) {
            // Who asked has gone, which is how a run ends.
        }
    }

    private static String whole() {
        return """
                {"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,\
                "message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}]%s}"""
                .formatted(ANSWER, USAGE);
    }

    private static String events() {
        StringBuilder events = new StringBuilder();
        for (String word : ANSWER.split("(?<= )")) {
            String delta = "\"delta\":{\"content\":\"" + word + "\"},\"finish_reason\":null";
            events.append(CHUNK.formatted(delta, ""));
        }
        events.append(CHUNK.formatted("\"delta\":{},\"finish_reason\":\"stop\"", USAGE));
        return events.append("data: [DONE]\n\n").toString();
    }

    private static void respond(Socket client, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                        .formatted(type, bytes.length);
        OutputStream out = client.getOutputStream();
        out.write(head.getBytes(UTF_8));
        out.write(bytes);
        out.flush();
    }

    /// Empty when no further request comes.
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .map(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
