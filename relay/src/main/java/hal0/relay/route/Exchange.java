package hal0.relay.route;

import hal0.providers.http.CancelToken;
import hal0.relay.answer.Reply;
import hal0.relay.capture.Recording;
import hal0.relay.connection.ClientWatch;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import hal0.relay.guard.BodyLimit;
import hal0.relay.guard.HeadRule;
import hal0.relay.guard.Principal;
import hal0.relay.guard.Shown;
import hal0.relay.key.Limits;
import hal0.relay.operation.Form;
import hal0.relay.timing.Waits;
import io.helidon.common.socket.SocketWriterException;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// One request and its answer, as the handlers see them: a thin view of the server's own types.
///
/// **Threads** the request's own; `cancel` may be cancelled from any.
public final class Exchange implements Reply {
    private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
    private static final HeaderName GOOGLE_KEY = HeaderNames.create("x-goog-api-key");

    private final ServerRequest request;
    private final ServerResponse response;
    private final String id;
    private final String path;
    private final long startedNanos;
    private final CancelToken cancel = new CancelToken();
    private final Waits waits = new Waits();
    private Principal principal = Principal.UNKNOWN;
    private Limits.Counted counted = Limits.Counted.NOT;
    private @Nullable OutputStream out;
    private @Nullable Recording recording;
    private @Nullable String page;

    Exchange(ServerRequest request, ServerResponse response, String id, String path) {
        this.request = request;
        this.response = response;
        this.id = id;
        this.path = path;
        this.startedNanos = System.nanoTime();
    }

    public String id() {
        return id;
    }

    public String method() {
        return request.prologue().method().text();
    }

    /// The path as it was sent, without the query.
    public String path() {
        return path;
    }

    public long startedNanos() {
        return startedNanos;
    }

    /// What the request waited for its client so far.
    Waits waits() {
        return waits;
    }

    /// Writes down what comes and goes from now on.
    void recordTo(Recording written) {
        recording = written;
        String query = request.prologue().query().rawValue();
        String target = query.isEmpty() ? path : path + "?" + query;
        written.side("client-request").head(method() + " " + target, this::forEachHeader);
    }

    private Recording.@Nullable Side answerSide() {
        return recording == null
                ? null
                : recording
                        .side("client-answer")
                        .head("HTTP " + response.status().code(), this::forEachAnswerHeader);
    }

    private void forEachAnswerHeader(BiConsumer<String, String> action) {
        for (var header : response.headers()) {
            for (String value : header.allValues()) {
                action.accept(header.headerName().defaultCase(), value);
            }
        }
    }

    /// Who makes the request; known once it is admitted.
    public Principal principal() {
        return principal;
    }

    void admitted(Principal who) {
        principal = who;
    }

    void counted(Limits.Counted request) {
        counted = request;
    }

    /// Takes back that this request was counted against its key: nobody upstream heard of it.
    void giveBack() {
        counted.giveBack();
        counted = Limits.Counted.NOT;
    }

    /// The address that the request comes from.
    public String peer() {
        return request.remotePeer().host();
    }

    /// The keys that the request shows.
    public Shown shown() {
        List<String> bare = new ArrayList<>();
        bare.addAll(request.headers().all(API_KEY, List::of));
        bare.addAll(request.headers().all(GOOGLE_KEY, List::of));
        bare.addAll(parameters("key"));
        return new Shown(
                request.headers().all(HeaderNames.AUTHORIZATION, List::of),
                bare,
                request.headers().all(HeaderNames.COOKIE, List::of));
    }

    /// What stands behind the question mark, as it was sent.
    String rawQuery() {
        return request.prologue().query().rawValue();
    }

    /// What the address gives that name behind its question mark.
    public List<String> parameters(String name) {
        return QueryValues.of(request.prologue().query().rawValue(), name);
    }

    /// Cancelled when the client leaves.
    public CancelToken cancel() {
        return cancel;
    }

    public @Nullable String header(String name) {
        return header(FieldNames.of(name));
    }

    @Nullable String header(HeaderName name) {
        return request.headers().first(name).orElse(null);
    }

    /// The first value of a parameter after the `?`, decoded.
    public @Nullable String query(String name) {
        UriQuery query = request.query();
        // `first` would have the library look for what turns values into objects.
        return query.contains(name) ? query.all(name).getFirst() : null;
    }

    /// The value of a header that may stand once only; null when it is absent or ambiguous.
    @Nullable String single(HeaderName name) {
        List<String> values = request.headers().all(name, List::of);
        return values.size() == 1 ? values.getFirst() : null;
    }

    /// Each header field once per value.
    public void forEachHeader(BiConsumer<String, String> action) {
        for (var header : request.headers()) {
            for (String value : header.allValues()) {
                action.accept(header.headerName().defaultCase(), value);
            }
        }
    }

    /// Refuses a head in which others might see another request.
    void requireSoundHead() {
        forEachHeader((name, value) -> {
            if (!HeadRule.allows(name, value)) {
                throw ServerErrors.of(400);
            }
        });
    }

    /// The whole body, decoded. A client that leaves while it sends ends the request.
    public byte[] body(BodyLimit limit) {
        long start = System.nanoTime();
        try {
            byte[] body =
                    limit.read(
                            new ClientUpload(request.content().inputStream(), cancel),
                            header(HeaderNames.CONTENT_ENCODING),
                            request.headers().contentLength().orElse(-1));
            if (recording != null) {
                recording.side("client-request").body(body, 0, body.length);
            }
            return body;
        } catch (IOException e) {
            throw new CloseConnectionException("the client left before its request was whole", e);
        } finally {
            waits.since(start);
        }
    }

    /// The form that is being sent, read as far as its model.
    Form form(String contentType, Form.Limits limits) {
        String encoding = header(HeaderNames.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw RelayException.closing(
                    415, "request.encoding", "a form is sent without a Content-Encoding");
        }
        try {
            return Form.open(
                    new ClientUpload(request.content().inputStream(), cancel),
                    request.headers().contentLength().orElse(-1),
                    contentType,
                    limits);
        } catch (IOException e) {
            if (!cancel.isCancelled()) {
                throw new UncheckedIOException("a form cannot be kept", e);
            }
            throw new CloseConnectionException("the client left before its form was whole", e);
        }
    }

    /// Ends the connection after an answer that has gone out whole, once the client has it.
    void leave(String why) {
        ClientWatch.CURRENT.get().lingerAtEnd();
        throw abort(why);
    }

    @Override
    public Exchange status(int status) {
        response.status(Status.create(status));
        return this;
    }

    /// Replaces the header.
    @Override
    public Exchange set(String name, String value) {
        response.headers().set(HeaderValues.create(FieldNames.of(name), value));
        return this;
    }

    @Override
    public Exchange add(String name, String value) {
        response.headers().add(HeaderValues.create(FieldNames.of(name), value));
        return this;
    }

    /// Sends a whole answer.
    @Override
    public void send(byte[] body) throws IOException {
        long start = System.nanoTime();
        Recording.Side answer = answerSide();
        if (answer != null) {
            answer.body(body, 0, body.length);
            answer.end();
        }
        try {
            response.send(body);
        } catch (CloseConnectionException | SocketWriterException | UncheckedIOException e) {
            throw new IOException("the client left", e);
        } finally {
            waits.since(start);
        }
    }

    /// Sends JSON of ours; nobody is told when the client has left.
    public void sendJson(int status, byte[] body) {
        send(status, "application/json", body);
    }

    /// The same for another type of content.
    public void send(int status, String type, byte[] body) {
        status(status).set("Content-Type", type);
        try {
            send(body);
        } catch (IOException e) {
            throw new CloseConnectionException("the client left", e);
        }
    }

    /// Whether the client wants no further answer on its connection.
    boolean isLast() {
        return request.headers().contains(HeaderNames.CONNECTION)
                && request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    /// Sends a head and nothing else.
    public void sendNothing() {
        response.send();
    }

    /// The same, with that status.
    public void sendHead(int status) {
        status(status).sendNothing();
    }

    /// Lets a page of that origin, and of no other, read the answer.
    void showTo(String origin) {
        page = origin;
        set("Access-Control-Allow-Origin", origin)
                .set("Access-Control-Expose-Headers", "*")
                .set("Vary", "Origin");
    }

    /// Sends an error instead of whatever head was prepared.
    void sendError(ErrorShape shape, RelayException error) {
        response.headers().clear();
        set("X-Request-ID", id).set("x-hal0-origin", error.origin());
        if (page != null) {
            showTo(page);
        }
        error.headers().forEach(this::set);
        String later = error.retryAfterField();
        if (later != null) {
            set("Retry-After", later);
        }
        if (error.allow() != null) {
            set("Allow", error.allow());
        }
        if (!error.closes()) {
            sendJson(error.status(), shape.bytes(error));
            return;
        }
        set("Connection", "close");
        sendJson(error.status(), shape.bytes(error));
        // The server would take the rest of this request for the next one.
        leave(error.message());
    }

    /// The head goes out with the first flush.
    @Override
    public OutputStream stream() {
        if (out == null) {
            out = new ClientStream(response.outputStream(), this::commit, waits, answerSide());
        }
        return out;
    }

    private void commit() {
        if (response instanceof RoutingResponse committed) {
            committed.commit();
        }
    }

    /// Whether anything of the answer has gone out, so that no other answer can be given.
    public boolean isBegun() {
        return out != null || response.isSent();
    }

    /// Ends the connection in the middle of an answer: the only way left to say that it is not
    /// whole.
    @Override
    public RuntimeException abort(String why) {
        return new CloseConnectionException(why);
    }
}
