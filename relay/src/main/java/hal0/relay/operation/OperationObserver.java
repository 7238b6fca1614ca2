package hal0.relay.operation;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.providers.dialect.AnswerErrors;
import hal0.providers.dialect.ErrorBody;
import hal0.providers.error.ProviderException;
import hal0.providers.event.AnswerObserver;
import hal0.providers.event.Usage;
import hal0.providers.sse.SseFrame;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Watches the answer to an operation for what it counted.
///
/// **Shape** a body is looked at in pieces, and nothing of it is kept but a few values. A stream of
/// such an answer has no end marker that all servers write, so its orderly end is its end.
/// **Threads** one.
public final class OperationObserver implements AnswerObserver {
    private static final Set<String> TOLD = Set.of("usage", "meta", "model", "error");

    private final AnswerErrors errors;

    private OuterMembers body = new OuterMembers(TOLD);
    private @Nullable Usage usage;
    private @Nullable String model;
    private boolean contentSeen;
    private boolean ended;
    private @Nullable ProviderException failure;

    public OperationObserver(AnswerErrors errors) {
        this.errors = errors;
    }

    @Override
    public void frame(SseFrame frame) {
        if (frame.dataIs("[DONE]")) {
            ended = true;
            return;
        }
        contentSeen = true;
        OuterMembers members = new OuterMembers(TOLD);
        members.accept(frame.bytes(), frame.offset(), frame.length());
        take(members.found());
        byte[] error = members.found().get("error");
        if (error != null && error.length > 0 && !isNull(error) && failure == null) {
            failure =
                    errors.inStream(
                            ErrorBody.parse(frame.bytes(), frame.offset(), frame.length()), frame);
        }
    }

    @Override
    public boolean takesPieces() {
        return true;
    }

    @Override
    public void piece(byte[] bytes, int offset, int length) {
        contentSeen |= length > 0;
        body.accept(bytes, offset, length);
    }

    @Override
    public void whole(byte[] bytes) {
        piece(bytes, 0, bytes.length);
        take(body.found());
        body = new OuterMembers(TOLD);
    }

    private static boolean isNull(byte[] value) {
        return new String(value, UTF_8).strip().equals("null");
    }

    private void take(Map<String, byte[]> found) {
        byte[] counted = found.containsKey("usage") ? found.get("usage") : found.get("meta");
        Usage told = counted == null ? null : OperationUsage.of(counted);
        if (told != null) {
            usage = told;
        }
        byte[] named = found.get("model");
        if (named != null && named.length > 2 && model == null) {
            model = new String(named, UTF_8).strip().replace("\"", "");
        }
    }

    @Override
    public @Nullable Usage usage() {
        return usage;
    }

    @Override
    public @Nullable String model() {
        return model;
    }

    @Override
    public boolean hasContent() {
        return contentSeen;
    }

    @Override
    public boolean isComplete() {
        return ended;
    }

    @Override
    public boolean isEnded() {
        return ended;
    }

    @Override
    public boolean endsWithMarker() {
        return false;
    }

    @Override
    public @Nullable ProviderException failure() {
        return failure;
    }
}
