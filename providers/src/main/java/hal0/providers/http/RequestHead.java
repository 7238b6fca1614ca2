package hal0.providers.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Locale;

/// Writes the head of an HTTP/1.1 request.
///
/// **Shape** the length is the body's own; the fields that say how a body ends are not taken from
/// the caller. **Errors** through [CallFailures] for a field that would break the head.
final class RequestHead {
    private final StringBuilder text = new StringBuilder(512);
    private final CallFailures failures;
    private boolean host;
    private boolean agent;
    private boolean encoding;
    private boolean connection;

    private RequestHead(CallFailures failures) {
        this.failures = failures;
    }

    static byte[] of(UpstreamRequest request, String userAgent, CallFailures failures) {
        RequestHead head = new RequestHead(failures);
        head.start(request);
        request.headers().forEach(head::field);
        head.end(request, userAgent);
        return head.text.toString().getBytes(UTF_8);
    }

    private void start(UpstreamRequest request) {
        URI uri = request.uri();
        String path = uri.getRawPath();
        text.append(request.method()).append(' ');
        text.append(path == null || path.isEmpty() ? "/" : path);
        if (uri.getRawQuery() != null) {
            text.append('?').append(uri.getRawQuery());
        }
        text.append(" HTTP/1.1\r\n");
    }

    private void field(String name, String value) {
        if (name.isEmpty()
                || name.indexOf(':') >= 0
                || name.indexOf(' ') >= 0
                || !OkHttpTransport.printable(name)
                || !OkHttpTransport.printable(value)) {
            throw failures.badHeader(name);
        }
        switch (name.toLowerCase(Locale.ROOT)) {
            case "content-length", "transfer-encoding", "content-type" -> {
                return;
            }
            case "host" -> host = true;
            case "connection" -> connection = true;
            case "user-agent" -> agent = true;
            case "accept-encoding" -> encoding = true;
            default -> {}
        }
        append(name, value);
    }

    private void append(String name, String value) {
        text.append(name).append(": ").append(value).append("\r\n");
    }

    private void end(UpstreamRequest request, String userAgent) {
        if (!host) {
            append("Host", request.uri().getRawAuthority());
        }
        if (!connection) {
            // Servers of HTTP/1.0 keep a connection only for who asks.
            append("Connection", "Keep-Alive");
        }
        if (!agent) {
            append("User-Agent", userAgent);
        }
        if (!encoding) {
            append("Accept-Encoding", "identity");
        }
        Body body = request.body();
        if (body != null) {
            if (!OkHttpTransport.printable(body.contentType())) {
                throw failures.badHeader("Content-Type");
            }
            append("Content-Type", body.contentType());
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        } else if (request.method().equals("POST") || request.method().equals("PUT")) {
            text.append("Content-Length: 0\r\n");
        }
        text.append("\r\n");
    }
}
