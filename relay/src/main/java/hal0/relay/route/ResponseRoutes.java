package hal0.relay.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.response.StoredResponse;
import hal0.home.response.StoredResponses;
import hal0.providers.dialect.EventBody;
import hal0.relay.error.RelayException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Answers of the Responses API that are kept here: one of them, what it was asked with, and its
/// end.
///
/// **Source** `Responses` and `InputItems` in resources/responses of the npm package openai 6.49.0;
/// limits and order of the list: learn.microsoft.com/azure/foundry/reference/rest/list-input-items;
/// read 2026-11-21.
public final class ResponseRoutes implements RouteFamily {
    private static final String PATH = "/v1/responses/{rest}";
    private static final String INPUT_ITEMS = "/input_items";
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final StoredResponses stored;

    public ResponseRoutes(StoredResponses stored) {
        this.stored = stored;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", PATH, Route.Access.CLIENT, this::get)
                        .about(
                                About.of(
                                        "A response that the relay keeps; with /input_items behind it, what was asked.")),
                new Route("DELETE", PATH, Route.Access.CLIENT, this::delete)
                        .about(About.of("Forgets a response that the relay keeps.")));
    }

    private void get(Exchange exchange, String rest) {
        if (rest.endsWith(INPUT_ITEMS)) {
            String id = rest.substring(0, rest.length() - INPUT_ITEMS.length());
            exchange.sendJson(200, items(exchange, id));
        } else {
            exchange.sendJson(200, find(exchange, rest).answer().getBytes(UTF_8));
        }
    }

    private void delete(Exchange exchange, String id) {
        if (!stored.delete(owner(exchange), id)) {
            throw notFound(id);
        }
        exchange.sendJson(
                200,
                EventBody.of(json -> {
                    json.writeStringField("id", id);
                    json.writeStringField("object", "response");
                    json.writeBooleanField("deleted", true);
                }));
    }

    private StoredResponse find(Exchange exchange, String id) {
        return stored.find(owner(exchange), id).orElseThrow(() -> notFound(id));
    }

    private static String owner(Exchange exchange) {
        String key = exchange.principal().keyId();
        return key == null ? "" : key;
    }

    private static RelayException notFound(String id) {
        String shown = id.length() > 100 ? id.substring(0, 100) + "…" : id;
        return RelayException.of(
                404,
                "response.not_found",
                "Response with id '%s' not found. The relay keeps what it told in this protocol itself; an answer that was passed on is kept by its provider."
                        .formatted(shown));
    }

    private byte[] items(Exchange exchange, String id) {
        find(exchange, id);
        InputItems items = InputItems.of(stored.chain(owner(exchange), id));
        return items.page(
                "asc".equals(exchange.query("order")),
                exchange.query("after"),
                limit(exchange.query("limit")));
    }

    private static int limit(@Nullable String asked) {
        if (asked == null) {
            return USUAL_PAGE;
        }
        try {
            int limit = Integer.parseInt(asked);
            if (limit >= 1 && limit <= LARGEST_PAGE) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Told below like a number that is out of bounds.
        }
        throw RelayException.at(
                "limit",
                400,
                "request.invalid",
                "limit must be a number from 1 to " + LARGEST_PAGE);
    }
}
