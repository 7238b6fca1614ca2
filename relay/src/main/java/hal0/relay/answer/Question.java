package hal0.relay.answer;

import hal0.providers.client.Dialects;
import hal0.providers.dialect.InvalidRequestException;
import hal0.providers.dialect.ReadRequest;
import hal0.providers.dialect.RequestLine;
import hal0.providers.http.Headers;
import hal0.providers.message.Protocol;
import org.jspecify.annotations.Nullable;

/// What a client asked, in the protocol that it speaks.
///
/// **Shape** the bytes as they came; `line` is what the address says of model and stream where the
/// protocol says it there; `headers` are the client's that may pass; `acceptEncoding` is its own
/// wish. What the bytes mean is read only where somebody has to know. **Threads** one.
public final class Question {
    private final Protocol protocol;
    private final byte[] body;
    private final RequestScan scan;
    private final RequestLine line;
    private final Headers headers;
    private final String acceptEncoding;
    private final String contentType;
    private @Nullable ReadRequest read;

    public Question(
            Protocol protocol,
            byte[] body,
            RequestScan scan,
            RequestLine line,
            Headers headers,
            String acceptEncoding,
            String contentType) {
        this.protocol = protocol;
        this.body = body;
        this.scan = scan;
        this.line = line;
        this.headers = headers;
        this.acceptEncoding = acceptEncoding;
        this.contentType = contentType;
    }

    public Protocol protocol() {
        return protocol;
    }

    public byte[] body() {
        return body;
    }

    public RequestScan scan() {
        return scan;
    }

    public RequestLine line() {
        return line;
    }

    public Headers headers() {
        return headers;
    }

    public String acceptEncoding() {
        return acceptEncoding;
    }

    public String contentType() {
        return contentType;
    }

    /// The name that the client gave the model; empty where it gave none.
    public String model() {
        String named = line.model() != null ? line.model() : scan.model();
        return named == null ? "" : named;
    }

    public boolean streamed() {
        return line.streamed() != null ? line.streamed() : scan.stream();
    }

    /// Whether it may bring back something that hal0 gave the client to keep: a text of the body
    /// begins like one. A client that talks about hal0 may do so too.
    public boolean mayBringBack() {
        return KeptText.isIn(body);
    }

    /// What it means, in neutral words; read once.
    ///
    /// **Errors** [InvalidRequestException] with the place in the request.
    public ReadRequest neutral() throws InvalidRequestException {
        ReadRequest known = read;
        if (known == null) {
            known = Dialects.of(protocol).read(body, line);
            read = known;
        }
        return known;
    }
}
