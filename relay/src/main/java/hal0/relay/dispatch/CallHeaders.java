package hal0.relay.dispatch;

import hal0.providers.ModelClient;
import hal0.providers.prelude.Prelude;
import hal0.relay.budget.TurnField;
import java.util.HashMap;
import java.util.Map;

/// What another relay is told of a call besides the request, so that its ledger says who asked.
final class CallHeaders {
    private CallHeaders() {}

    /// A map of the caller's own.
    static Map<String, String> of(String requestId, ModelClient.Call call) {
        Map<String, String> headers = new HashMap<>();
        headers.put("X-Request-ID", requestId);
        headers.put("x-hal0-client", call.client());
        headers.put(Prelude.HEADER, Prelude.YES);
        if (call.session() != null) {
            headers.put("x-hal0-session", call.session());
        }
        String turn = TurnField.of(call.turn());
        if (turn != null) {
            headers.put(TurnField.NAME, turn);
        }
        return headers;
    }
}
