package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.providers.message.Protocol;
import hal0.providers.testing.PublishedTypes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each vendor's official client talks through the relay to providers of all four protocols, and
/// what those are told has the types that their vendors publish.
@Tag("npm")
class TranslatedClientsTest {
    private static final Map<String, Protocol> PROVIDERS =
            Map.of(
                    "oa/gpt-4.1", Protocol.OPENAI,
                    "an/claude-sonnet-4-5", Protocol.ANTHROPIC,
                    "re/gpt-5.1", Protocol.RESPONSES,
                    "ge/gemini-2.5-pro", Protocol.GEMINI);

    private static final Map<String, Protocol> OWN =
            Map.of(
                    "chat", Protocol.OPENAI,
                    "responses", Protocol.RESPONSES,
                    "messages", Protocol.ANTHROPIC,
                    "gemini", Protocol.GEMINI);

    @TempDir Path folder;
    private Path npm;
    private Aimock aimock;
    private RecordingProxy provider;
    private TestHome home;

    @BeforeEach
    void start() throws Exception {
        String where = System.getenv("HAL0_TEST_NPM");
        assumeTrue(
                where != null && !where.isEmpty(),
                "HAL0_TEST_NPM names no folder with node_modules (.ci/run makes one)");
        npm = Path.of(where);
        aimock = Aimock.start(npm, resource("translation-fixtures.json"));
        provider = new RecordingProxy(aimock.address());
        String address = provider.address().toString();
        home =
                new TestHome(folder)
                        .config(
                                """
                                [providers.oa]
                                base_url = "%1$s/v1"
                                retries = 0
                                [providers.an]
                                compatibility = "anthropic-compatible"
                                base_url = "%1$s"
                                retries = 0
                                [providers.re]
                                compatibility = "openai-responses"
                                base_url = "%1$s/v1"
                                retries = 0
                                [providers.ge]
                                compatibility = "gemini"
                                base_url = "%1$s/v1beta"
                                retries = 0
                                """
                                        .formatted(address));
    }

    @AfterEach
    void stop() throws Exception {
        if (provider != null) {
            provider.close();
        }
        if (aimock != null) {
            aimock.close();
        }
    }

    private static Path resource(String name) throws Exception {
        return Path.of(TranslatedClientsTest.class.getResource("/npm/" + name).toURI());
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "responses", "messages", "gemini"})
    void aClientWorksWithEveryProvider(String client) throws Exception {
        JsonNode seen;
        try (Hal0Process serve = home.hal0().start("serve", "--port", "0")) {
            seen = run(client, serve.relayAddress());
            serve.signal("TERM");
            serve.ended();
        }
        for (String model : PROVIDERS.keySet()) {
            for (String way : List.of("streamed", "whole")) {
                check(seen.path(model).path(way), client + " with " + model + ", " + way);
            }
        }
        checkRequests(client);
    }

    private JsonNode run(String client, String relay) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "node",
                                resource("translation-client.cjs").toString(),
                                npm.toString(),
                                relay,
                                client));
        command.addAll(PROVIDERS.keySet());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.toLowerCase().endsWith("_proxy"));
        Process node = builder.start();
        try {
            Output out = Output.reading(node.getInputStream(), "the client");
            Output err = Output.reading(node.getErrorStream(), "the client's errors");
            String said = out.whole();
            assertThat(node.waitFor()).as(err.text()).isZero();
            return TestHome.json(said);
        } finally {
            node.destroyForcibly();
        }
    }

    private static void check(JsonNode seen, String where) {
        assertThat(seen.at("/text/text").asText())
                .as(where)
                .isEqualTo("Grüße aus dem Modell 🌍, in several pieces.");
        assertThat(seen.at("/text/count").toString()).as(where).isEqualTo("[1200,340]");
        assertThat(seen.at("/agent/first/calls").toString())
                .as(where)
                .isEqualTo(
                        "[{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Paris\"}},{\"name\":\"get_weather\",\"arguments\":{\"city\":\"Roma\",\"unit\":\"°C\"}}]");
        assertThat(seen.at("/agent/first/thought").asText())
                .as(where)
                .isEqualTo("One call for each.");
        assertThat(seen.at("/agent/second/text").asText()).as(where).isEqualTo("Both are sunny.");
        assertThat(seen.at("/agent/again/text").asText()).as(where).isEqualTo("Both are sunny.");
        assertThat(seen.at("/picture/text").asText()).as(where).isEqualTo("A red square.");
        assertThat(seen.at("/thinking/thought").asText()).as(where).isEqualTo("Six times seven.");
        assertThat(seen.at("/thinking/text").asText()).as(where).isEqualTo("Forty-two.");
        assertThat(seen.at("/structured/text").asText()).as(where).isEqualTo("{\"n\":4}");
        assertThat(seen.at("/refused/status").asInt()).as(where).isEqualTo(429);
        assertThat(seen.at("/refused/message").asText()).as(where).contains("You are too fast.");
    }

    private void checkRequests(String client) throws Exception {
        PublishedTypes types = new PublishedTypes(npm, folder);
        for (Protocol protocol : Protocol.values()) {
            List<String> bodies =
                    provider.asked().stream()
                            .filter(asked -> !asked.body().isEmpty())
                            .filter(asked -> protocol == protocolOf(asked.path()))
                            .map(RecordingProxy.Asked::body)
                            .toList();
            assertThat(bodies).as("%s to %s", client, protocol).hasSizeGreaterThanOrEqualTo(14);
            assertThat(bodies)
                    .as("%s to %s", client, protocol)
                    .anyMatch(body -> body.contains("iVBORw0KGgo"))
                    .anyMatch(body -> body.contains("sunny in Roma"));
            if (protocol != OWN.get(client)) {
                // What is passed on is the client's own, which may say more than its types do.
                assertThat(types.compiled(protocol, bodies).output())
                        .as("%s to %s", client, protocol)
                        .isEmpty();
            }
        }
    }

    private static Protocol protocolOf(String path) {
        if (path.contains("/chat/completions")) {
            return Protocol.OPENAI;
        }
        if (path.contains("/responses")) {
            return Protocol.RESPONSES;
        }
        return path.contains("/messages") ? Protocol.ANTHROPIC : Protocol.GEMINI;
    }
}
