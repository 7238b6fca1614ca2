package hal0.relay.route;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import hal0.relay.dispatch.RequestId;
import hal0.relay.error.ErrorShape;
import hal0.relay.error.RelayException;
import java.io.ByteArrayOutputStream;

/// What a client is told that takes too long over its request, as a whole answer: nobody else
/// writes to it at that moment.
public final class LateAnswer {
    private LateAnswer() {}

    /// For the head of a request, before anything is known of it.
    public static byte[] toHead() {
        return of(
                ErrorShape.CONTROL,
                RequestId.of(null),
                "the head of the request took too long; [relay] head_timeout_seconds says how long it may");
    }

    static byte[] toBody(ErrorShape shape, String id) {
        return of(
                shape,
                id,
                "nothing came of the request's body for too long; [relay] body_timeout_seconds says how long that may be");
    }

    private static byte[] of(ErrorShape shape, String id, String message) {
        byte[] body = shape.bytes(RelayException.closing(408, "request.timeout", message));
        ByteArrayOutputStream answer = new ByteArrayOutputStream(512);
        answer.writeBytes(
                ("HTTP/1.1 408 Request Timeout\r\nContent-Type: application/json\r\nX-Request-ID: "
                                + id
                                + "\r\nx-hal0-origin: relay\r\nConnection: close\r\nContent-Length: "
                                + body.length
                                + "\r\n\r\n")
                        .getBytes(ISO_8859_1));
        answer.writeBytes(body);
        return answer.toByteArray();
    }
}
