package hal0.relay.route;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.relay.control.ControlPlane;
import hal0.relay.control.ProviderModels;
import hal0.relay.dispatch.RequestId;
import hal0.relay.guard.BodyLimit;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Every route that there is. A change of this list is a change of what the program offers.
class RouteTableTest {
    private static final RouteTable ROUTES =
            RouteTable.of(
                    inference(),
                    new OperationRoutes(new BodyLimit(1), null, null, null, null, null, null, null),
                    new ModelRoutes(Map::of, (_, _) -> new ProviderModels(List.of(), null)),
                    new ControlRoutes(nothing()),
                    new KeyRoutes(null),
                    new ResponseRoutes(null));

    @Test
    void theseAreAllRoutes() {
        assertThat(ROUTES)
                .hasToString(
                        """
                        GET    /v1/models               OPEN   CONTROL
                        GET    /v1/models/{rest}        OPEN   CONTROL
                        GET    /v1beta/models           OPEN   CONTROL
                        GET    /v1beta/models/{rest}    OPEN   CONTROL
                        GET    /api/providers/{name}/models ADMIN  CONTROL
                        POST   /v1/chat/completions     CLIENT INFERENCE
                        POST   /v1/responses            CLIENT INFERENCE
                        POST   /v1/responses/input_tokens CLIENT INFERENCE
                        POST   /v1/messages             CLIENT INFERENCE
                        POST   /v1/messages/count_tokens CLIENT INFERENCE
                        POST   /v1beta/models/{rest}    CLIENT INFERENCE
                        POST   /v1/completions          CLIENT INFERENCE
                        POST   /v1/embeddings           CLIENT INFERENCE
                        POST   /v1/rerank               CLIENT INFERENCE
                        POST   /v1/moderations          CLIENT INFERENCE
                        POST   /v1/images/generations   CLIENT INFERENCE
                        POST   /v1/images/edits         CLIENT INFERENCE
                        POST   /v1/images/variations    CLIENT INFERENCE
                        POST   /v1/audio/speech         CLIENT INFERENCE
                        POST   /v1/audio/transcriptions CLIENT INFERENCE
                        POST   /v1/audio/translations   CLIENT INFERENCE
                        POST   /v1/rerankings           CLIENT INFERENCE
                        GET    /api/health              OPEN   CONTROL
                        GET    /api/version             CLIENT CONTROL
                        GET    /api/status              CLIENT CONTROL
                        POST   /api/reload              ADMIN  CONTROL
                        GET    /api/keys                ADMIN  CONTROL
                        POST   /api/keys                ADMIN  CONTROL
                        PATCH  /api/keys/{key}          ADMIN  CONTROL
                        DELETE /api/keys/{key}          ADMIN  CONTROL
                        GET    /v1/responses/{rest}     CLIENT CONTROL
                        DELETE /v1/responses/{rest}     CLIENT CONTROL
                        GET    /api/openapi.json        OPEN   CONTROL\
                        """);
    }

    @Test
    void theRestOfAPathIsEverythingAfterItsPrefix() {
        assertThat(ROUTES.find("GET", "/v1/models/a/b%20c").map(RouteTable.Match::rest))
                .contains("a/b%20c");
        assertThat(ROUTES.find("GET", "/v1/models").map(RouteTable.Match::rest)).contains("");
        assertThat(ROUTES.find("GET", "/v1/models/")).isEmpty();
        assertThat(ROUTES.find("get", "/v1/models")).isEmpty();
    }

    @Test
    void anyOtherVariableIsOneSegment() {
        RouteTable routes =
                new RouteTable(
                        List.of(
                                new Route("GET", "/x/{name}", Route.Access.OPEN, (_, _) -> {}),
                                new Route(
                                        "GET", "/x/{name}/test", Route.Access.OPEN, (_, _) -> {})));
        assertThat(routes.find("GET", "/x/a%2Fb").map(RouteTable.Match::rest)).contains("a%2Fb");
        assertThat(routes.find("GET", "/x/a/test").map(RouteTable.Match::rest)).contains("a");
        assertThat(routes.find("GET", "/x/a/b/test")).isEmpty();
        assertThat(routes.find("GET", "/x//test")).isEmpty();
        assertThat(routes.find("GET", "/x/")).isEmpty();
    }

    @Test
    void thePathTellsWhichMethodsItTakes() {
        assertThat(ROUTES.allowed("/v1/models")).isEqualTo("GET");
        assertThat(ROUTES.allowed("/v1/chat/completions")).isEqualTo("POST");
        assertThat(ROUTES.allowed("/nothing")).isEmpty();
    }

    @Test
    void aRequestIdOfTheClientsIsKeptWhenItIsHarmless() {
        assertThat(RequestId.of("abc-1_2.3")).isEqualTo("abc-1_2.3");
        Pattern minted = Pattern.compile("req_[0-9a-f]{24}");
        for (String bad : List.of("", " ", "a b", "a\nb", "a\"", "é", "x".repeat(129))) {
            assertThat(RequestId.of(bad)).matches(minted);
        }
        assertThat(Optional.ofNullable(RequestId.of(null))).get().asString().matches(minted);
        assertThat(RequestId.of(null)).isNotEqualTo(RequestId.of(null));
    }

    /// No route is called here.
    private static Inference inference() {
        return new Inference(new BodyLimit(1), null, null, null, null, null, null, null);
    }

    private static ControlPlane nothing() {
        return (ControlPlane)
                Proxy.newProxyInstance(
                        RouteTableTest.class.getClassLoader(),
                        new Class<?>[] {ControlPlane.class},
                        (_, method, _) -> {
                            throw new UnsupportedOperationException(method.getName());
                        });
    }
}
