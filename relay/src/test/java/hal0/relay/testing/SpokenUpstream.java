package hal0.relay.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.ProviderBuilder;
import hal0.providers.Secret;
import hal0.providers.client.Dialects;
import hal0.providers.dialect.AnswerHead;
import hal0.providers.dialect.AnswerWriter;
import hal0.providers.dialect.Dialect;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.dialect.TokenCounting;
import hal0.providers.event.StreamEvent;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Protocol;
import hal0.providers.sse.SseWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;

/// A provider of one protocol over real HTTP, told in neutral words what to answer: it reads what
/// it is asked and writes its answers as a server of that protocol does.
///
/// **Threads** any.
public final class SpokenUpstream implements AutoCloseable {

    /// A request as it came, and what it says.
    public record Asked(String target, String body, ReadRequest read) {
        public ChatRequest request() {
            return read.request();
        }
    }

    private interface Script {
        MockResponse answer(Asked asked) throws IOException;
    }

    private final Protocol protocol;
    private final Dialect dialect;
    private final MockWebServer server = new MockWebServer();
    private final LinkedBlockingQueue<Script> scripts = new LinkedBlockingQueue<>();
    private final LinkedBlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

    public SpokenUpstream(Protocol protocol) {
        this.protocol = protocol;
        dialect = Dialects.of(protocol);
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return answer(request);
                    }
                });
        try {
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MockResponse answer(RecordedRequest request) {
        String body = request.getBody() == null ? "" : request.getBody().utf8();
        String target = String.valueOf(request.getTarget());
        try {
            Asked seen = new Asked(target, body, read(target, body));
            Script script = scripts.poll();
            MockResponse answer =
                    script == null ? json(500, "{\"error\":\"unscripted\"}") : script.answer(seen);
            asked.add(seen);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidRequestException e) {
            return json(400, "{\"error\":{\"message\":\"" + e.place() + "\"}}");
        }
    }

    private ReadRequest read(String target, String body) throws InvalidRequestException {
        byte[] bytes = body.getBytes(UTF_8);
        boolean counts = target.contains("count") || target.contains("input_tokens");
        RequestLine line =
                protocol == Protocol.GEMINI
                        ? new RequestLine(
                                target.replaceAll(".*/models/([^:]*):.*", "$1"),
                                target.contains(":stream"))
                        : RequestLine.SILENT;
        return counts && dialect instanceof TokenCounting.Served served
                ? served.readCountRequest(bytes, line)
                : dialect.read(bytes, line);
    }

    /// Answers with these events, as a stream where one is asked for.
    public SpokenUpstream says(StreamEvent... events) {
        scripts.add(seen -> {
            AnswerWriter writer = writer(seen);
            if (!seen.request().stream()) {
                return json(200, writer.whole(List.of(events)));
            }
            Buffer bytes = new Buffer();
            SseWriter out = new SseWriter(bytes.outputStream());
            for (StreamEvent event : events) {
                writer.write(event, out);
            }
            return stream(bytes);
        });
        return this;
    }

    private AnswerWriter writer(Asked seen) {
        return dialect.writer(
                new AnswerHead("up1", "upstream-model", Instant.EPOCH, seen.request(), true));
    }

    /// Answers with these bytes as a stream of events.
    public SpokenUpstream streams(String sse) {
        scripts.add(_ -> stream(new Buffer().writeUtf8(sse)));
        return this;
    }

    /// Answers with a status and a body.
    public SpokenUpstream answers(int status, String body, String... headers) {
        scripts.add(_ -> {
            MockResponse.Builder response = json(status, body).newBuilder();
            for (int i = 0; i < headers.length; i += 2) {
                response.setHeader(headers[i], headers[i + 1]);
            }
            return response.build();
        });
        return this;
    }

    /// Answers that what it is asked has that many tokens.
    public SpokenUpstream counts(long tokens) {
        scripts.add(_ -> json(200, ((TokenCounting.Served) dialect).writeCount(tokens)));
        return this;
    }

    private static MockResponse json(int status, byte[] body) {
        return json(status, new String(body, UTF_8));
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .setHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private static MockResponse stream(Buffer sse) {
        return new MockResponse.Builder()
                .code(200)
                .setHeader("Content-Type", "text/event-stream; charset=utf-8")
                .chunkedBody(sse, 256)
                .build();
    }

    private URI baseUrl() {
        String root = "http://127.0.0.1:" + server.getPort();
        return URI.create(
                switch (protocol) {
                    case OPENAI, RESPONSES -> root + "/v1";
                    case ANTHROPIC -> root;
                    case GEMINI -> root + "/v1beta";
                });
    }

    /// The provider of that id, with a key that is a secret.
    public ProviderBuilder provider(String id) {
        return Provider.builder(id, protocol, baseUrl())
                .auth(new Auth.Bearer())
                .inlineKey(new Secret("sk-upstream-secret"))
                .retries(0)
                .injectUsage(false);
    }

    /// The next request that was not taken yet; waits for it.
    public Asked takeAsked() {
        try {
            Asked next = asked.poll(10, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("the provider was not asked");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// How many requests came.
    public int requestCount() {
        return server.getRequestCount();
    }

    @Override
    public void close() {
        server.close();
    }
}
