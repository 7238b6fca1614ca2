package hal0.relay.forward;

import hal0.providers.dialect.AnswerErrors;
import hal0.providers.http.UpstreamResponse;
import hal0.relay.dispatch.Target;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;

/// An answer whose head has come.
///
/// **Shape** `usageAdded` when usage was asked for on the client's behalf. Such a stream is read
/// decoded, since what was added must be found in it; `encoding` is that of the bytes as they are
/// read, empty for none.
record Upstream(
        Target target,
        UpstreamResponse response,
        boolean usageAdded,
        boolean isEvents,
        String encoding,
        boolean decoded)
        implements AutoCloseable {
    private static final int EXPLANATION = 4096;

    /// **Shape** `readable` where its events must be looked at on their way even if nothing was
    /// added.
    static Upstream of(
            Target target, UpstreamResponse response, boolean usageAdded, boolean readable) {
        String encoding = field(response, "Content-Encoding");
        boolean events = field(response, "Content-Type").startsWith("text/event-stream");
        if ((usageAdded || readable) && events && encoding.equals("gzip")) {
            return new Upstream(target, response.decoded(), usageAdded, true, "", true);
        }
        return new Upstream(
                target,
                response,
                usageAdded,
                events,
                encoding.equals("identity") ? "" : encoding,
                false);
    }

    /// The same, read in another way.
    Upstream reading(UpstreamResponse other) {
        return new Upstream(target, other, usageAdded, isEvents, encoding, decoded);
    }

    boolean isOk() {
        return response.status() >= 200 && response.status() < 300;
    }

    /// Whether its events can be understood on their way.
    boolean canBeFollowed() {
        return isOk() && isEvents && encoding.isEmpty();
    }

    /// Whether something may have to be taken out of the body on its way.
    boolean isEdited() {
        return usageAdded && isEvents && encoding.isEmpty();
    }

    /// The length of the body as it goes to the client, -1 when nobody knows it.
    long length() {
        if (isEdited()) {
            return -1;
        }
        if (response.status() == 204) {
            return 0;
        }
        try {
            return Long.parseLong(field(response, "Content-Length"));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /// The headers of the answer that are for the client too, as far as they can be written: an
    /// answer is worth more than an odd header of it.
    void forEachHeader(BiConsumer<String, String> action) {
        String connection = field(response, "Connection");
        response.headers()
                .forEach((name, value) -> {
                    boolean undone = decoded && name.equalsIgnoreCase("Content-Encoding");
                    if (!undone
                            && HeaderRules.isWritable(name, value)
                            && HeaderRules.toClient(name)
                            && !HeaderRules.names(connection, name)) {
                        action.accept(name, value);
                    }
                });
    }

    /// What no API answers with: a redirect, which is not followed and which the client would
    /// follow with its own key; and a web page for an answer.
    ///
    /// **Errors** [ProviderException].
    void refuseOddAnswer(AnswerErrors errors) {
        int status = response.status();
        if (status >= 300 && status < 400 && status != 304) {
            throw errors.answered(status, response.headers(), new byte[0]);
        }
        if (isOk() && field(response, "Content-Type").startsWith("text/html")) {
            throw errors.page(status, beginning());
        }
    }

    private byte[] beginning() {
        byte[] bytes = new byte[EXPLANATION];
        int read = response.decoded().read(bytes, 0, bytes.length);
        return Arrays.copyOf(bytes, Math.max(read, 0));
    }

    private static String field(UpstreamResponse response, String name) {
        return response.headers().find(name).orElse("").strip().toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        response.close();
    }
}
