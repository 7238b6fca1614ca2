package hal0.relay.mcp.admin;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.relay.api.JsonBody;
import hal0.relay.control.ControlPlane;
import hal0.relay.mcp.protocol.Call;
import hal0.relay.model.ModelControl;
import org.jspecify.annotations.Nullable;

/// A call whose arguments are those that its tool takes.
record Given(Call call, JsonBody body, Ground ground) {
    ControlPlane control() {
        return ground.control().apply(asker());
    }

    ModelControl models() {
        return ground.models().by(asker());
    }

    String asker() {
        return call.caller().name();
    }

    /// Empty where it was not given.
    String text(String name) {
        return body.text(name);
    }

    @Nullable String textOrNull(String name) {
        String text = body.text(name);
        return text.isEmpty() ? null : text;
    }

    boolean flag(String name) {
        return body.flag(name);
    }

    /// A whole number within those bounds.
    int whole(String name, int usual, int least, int most) {
        JsonNode value = call.arguments().get(name);
        return value == null ? usual : Math.clamp(value.asLong(), least, most);
    }
}
