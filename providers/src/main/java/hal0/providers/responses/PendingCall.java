package hal0.providers.responses;

import hal0.providers.event.StreamEvent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A call that an answer makes; until its id and its name are known, what comes of it is held.
final class PendingCall {
    private @Nullable String callId;
    private @Nullable String name;
    private @Nullable String signature;
    private final StringBuilder held = new StringBuilder();
    private OutputItem.@Nullable Called item;

    void add(StreamEvent.ToolCallDelta delta) {
        callId = delta.id() != null ? delta.id() : callId;
        name = delta.name() != null ? delta.name() : name;
        signature = delta.signature() != null ? delta.signature() : signature;
        if (item == null) {
            held.append(delta.argumentsPart());
        }
    }

    boolean isKnown() {
        return callId != null && name != null;
    }

    /// What never came is made up: a result needs an id to refer to.
    void name(String answerId, int index) {
        callId = callId != null ? callId : "call_" + answerId + "_" + index;
        name = name != null ? name : "";
    }

    String callId() {
        return Objects.requireNonNull(callId);
    }

    @Nullable String takeSignature() {
        String taken = signature;
        signature = null;
        return taken;
    }

    String held() {
        return held.toString();
    }

    OutputItem.Called begin(int place, String id, Namespaces names) {
        item =
                new OutputItem.Called(
                        place,
                        id,
                        callId(),
                        names.name(Objects.requireNonNull(name)),
                        new StringBuilder());
        return item;
    }

    OutputItem.@Nullable Called item() {
        return item;
    }

    OutputItem.Called begun() {
        return Objects.requireNonNull(item);
    }
}
