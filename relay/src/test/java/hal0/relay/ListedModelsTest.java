package hal0.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import hal0.relay.routing.NamedRoute;
import hal0.relay.routing.Names;
import hal0.relay.routing.Strategy;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every name that is listed leads to the provider that the list names.
class ListedModelsTest {
    private static final String LIST =
            "{\"object\":\"list\",\"data\":[{\"id\":\"openai/gpt-4o\"},{\"id\":\"gpt-4o\"},{\"id\":\"own\"}]}";

    @TempDir private Path folder;

    @Test
    void aListedNameLeadsWhereTheListSays() throws IOException {
        try (RawUpstream reseller = upstream();
                RawUpstream maker = upstream();
                RelayFixture relay =
                        new RelayFixture(
                                folder,
                                Setup.of(
                                        RelayFixture.openAi(reseller).build(),
                                        Provider.builder(
                                                        "openai", Protocol.OPENAI, maker.url("/v1"))
                                                .auth(new Auth.None())
                                                .models(List.of(ModelInfo.of("gpt-4o")))
                                                .build()))) {
            Map<String, String> owners = new HashMap<>();
            String list =
                    relay.ask("GET /v1/models HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8))
                            .text();
            for (JsonNode model : new ObjectMapper().readTree(list).path("data")) {
                owners.put(model.path("id").asText(), model.path("owned_by").asText());
            }

            assertThat(owners)
                    .containsEntry("up/openai/gpt-4o", "up")
                    .containsEntry("gpt-4o", "up")
                    .containsEntry("openai/gpt-4o", "openai")
                    .containsEntry("own", "up");
            owners.forEach((name, owner) ->
                    assertThat(relay.chat("{\"model\":\"" + name + "\"}").header("x-hal0-provider"))
                            .as(name)
                            .contains(owner));
        }
    }

    @Test
    void routesAreListedBeforeModelsUnderEachName() throws IOException {
        try (RawUpstream upstream = upstream();
                RelayFixture relay = named(upstream)) {
            JsonNode data = get(relay, "/v1/models").path("data");

            assertThat(data.findValuesAsText("id").subList(0, 2))
                    .containsExactly("smart", "clever");
            JsonNode route = data.path(0);
            assertThat(route.path("owned_by").asText()).isEqualTo("hal0");
            assertThat(route.at("/_hal0/route").asText()).isEqualTo("smart");
            // As long as the shortest of its targets.
            assertThat(route.path("context_length").asInt()).isEqualTo(1000);
            assertThat(data.path(1).at("/_hal0/alias").asText()).isEqualTo("clever");
            assertThat(data.findValuesAsText("id")).contains("own", "long", "short");
            assertThat(get(relay, "/v1/models/clever").path("id").asText()).isEqualTo("clever");
            // As it may be asked.
            JsonNode prefixed = get(relay, "/v1/models/up/own");
            assertThat(prefixed.path("id").asText()).isEqualTo("up/own");
            assertThat(prefixed.path("owned_by").asText()).isEqualTo("up");
        }
    }

    @Test
    void anthropicsListComesInPagesBothWays() throws IOException {
        try (RawUpstream upstream = upstream();
                RelayFixture relay = named(upstream)) {
            List<String> seen = new ArrayList<>();
            String after = "";
            JsonNode page;
            do {
                page = anthropic(relay, "/v1/models?limit=2" + after);
                seen.addAll(page.path("data").findValuesAsText("id"));
                after = "&after_id=" + page.path("last_id").asText().replace("/", "%2F");
                assertThat(page.path("data").size()).isBetween(1, 2);
            } while (page.path("has_more").asBoolean());

            assertThat(seen).startsWith("smart", "clever", "long", "short").doesNotHaveDuplicates();
            JsonNode before = anthropic(relay, "/v1/models?limit=1&before_id=long");
            assertThat(before.path("data").findValuesAsText("id")).containsExactly("clever");
            assertThat(before.path("has_more").asBoolean()).isTrue();
            JsonNode model = before.path("data").path(0);
            assertThat(model.path("type").asText()).isEqualTo("model");
            assertThat(model.path("max_input_tokens").asInt()).isEqualTo(1000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=-1",
                "limit=x",
                "limit=9999999999",
                "after_id=nobody",
                "before_id=a&after_id=b"
            })
    void aPageThatCannotBeIsRefusedInTheClientsShape(String query) throws IOException {
        try (RawUpstream upstream = upstream();
                RelayFixture relay = named(upstream)) {
            JsonNode error = anthropic(relay, "/v1/models?" + query);

            assertThat(error.path("type").asText()).isEqualTo("error");
            assertThat(error.at("/error/type").asText()).isEqualTo("invalid_request_error");
        }
    }

    @Test
    void geminisListHasItsOwnShapeAndPages() throws IOException {
        try (RawUpstream upstream = upstream();
                RelayFixture relay = named(upstream)) {
            JsonNode first = get(relay, "/v1beta/models?pageSize=2");
            JsonNode model = first.path("models").path(0);
            assertThat(model.path("name").asText()).isEqualTo("models/smart");
            assertThat(model.path("displayName").asText()).isEqualTo("smart");
            assertThat(model.path("inputTokenLimit").asInt()).isEqualTo(1000);
            assertThat(model.path("supportedGenerationMethods").path(0).asText())
                    .isEqualTo("generateContent");
            assertThat(first.path("models")).hasSize(2);

            JsonNode rest =
                    get(
                            relay,
                            "/v1beta/models?pageSize=1000&pageToken="
                                    + first.path("nextPageToken").asText());
            assertThat(rest.path("models").findValuesAsText("name"))
                    .startsWith("models/long", "models/short");
            assertThat(rest.has("nextPageToken")).isFalse();
            assertThat(
                            get(relay, "/v1beta/models/nobody%2Fgpt-4o")
                                    .path("error")
                                    .path("code")
                                    .asInt())
                    .isEqualTo(404);
            assertThat(get(relay, "/v1beta/models/openai/gpt-4o").path("name").asText())
                    .isEqualTo("models/openai/gpt-4o");
        }
    }

    private RelayFixture named(RawUpstream upstream) {
        Provider known =
                Provider.builder("known", Protocol.OPENAI, upstream.url("/v1"))
                        .auth(new Auth.None())
                        .models(List.of(sized("long", 9000), sized("short", 1000)))
                        .build();
        RelayFixture relay =
                new RelayFixture(folder, Setup.of(known, RelayFixture.openAi(upstream).build()));
        NamedRoute route =
                new NamedRoute(
                        "smart",
                        List.of("known/long", "known/short"),
                        Strategy.FALLBACK,
                        List.of(),
                        new NamedRoute.Patience(null, null, null, true),
                        List.of("clever"),
                        "route[0]",
                        1);
        NamedRoute nowhere =
                new NamedRoute(
                        "nowhere",
                        List.of("gone/m"),
                        Strategy.FALLBACK,
                        List.of(),
                        route.patience(),
                        List.of(),
                        "route[1]",
                        5);
        relay.name(new Names(List.of(route, nowhere), List.of(), Map.of(), Map.of(), true));
        return relay;
    }

    private static ModelInfo sized(String id, long context) {
        return new ModelInfo(id, null, context, null, null, null, null, null, Price.UNKNOWN);
    }

    private static JsonNode get(RelayFixture relay, String path, String... headers)
            throws IOException {
        String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n%s\r\n";
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return new ObjectMapper()
                .readTree(relay.ask(request.formatted(path, lines).getBytes(UTF_8)).text());
    }

    private static JsonNode anthropic(RelayFixture relay, String path) throws IOException {
        return get(relay, path, "anthropic-version: 2023-06-01");
    }

    private static RawUpstream upstream() {
        return new RawUpstream()
                .always(turn -> {
                    String body =
                            turn.request().requestLine().startsWith("GET")
                                    ? LIST
                                    : "{\"choices\":[]}";
                    turn.send(
                            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                                    .formatted(body.length(), body));
                });
    }
}
