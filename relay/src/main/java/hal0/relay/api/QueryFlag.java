package hal0.relay.api;

import hal0.relay.error.RelayException;
import hal0.relay.route.Exchange;
import java.util.List;

/// A parameter that is true or false.
///
/// **Errors** [RelayException] 422 for anything else.
final class QueryFlag {
    private QueryFlag() {}

    /// False where it is not there.
    static boolean of(Exchange exchange, String name) {
        return of(exchange, name, false);
    }

    static boolean of(Exchange exchange, String name, boolean otherwise) {
        String text = exchange.query(name);
        return switch (text) {
            case null -> otherwise;
            case "true", "" -> true;
            case "false" -> false;
            case String _ ->
                    throw RelayException.invalid(
                            List.of(new RelayException.Field(name, "it has to be true or false")));
        };
    }
}
