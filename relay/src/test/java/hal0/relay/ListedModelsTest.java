package hal0.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Auth;
import hal0.providers.ModelInfo;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
