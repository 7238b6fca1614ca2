package hal0.providers.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import hal0.home.config.Settings;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.config.ProvidersSection;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.testing.ScriptedProvider;
import hal0.providers.testing.ScriptedProvider.Asked;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// What each `auth_style` of a declaration really sends, whatever the protocol.
class AuthOnTheWireTest {
    private static final String KEY = "key-0123456789abcdef";
    private static final List<String> PLACES =
            List.of("Authorization", "x-api-key", "x-goog-api-key", "api-key");

    private final ScriptedProvider server = ScriptedProvider.openAi();
    private final OkHttpTransport transport =
            new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private final RequestBuilder requests =
            new RequestBuilder(name -> Optional.ofNullable(Map.of("MY_KEY", KEY).get(name)));

    @AfterEach
    void close() {
        transport.close();
        server.close();
    }

    private static Stream<Arguments> styles() {
        return Stream.of("openai-compatible", "anthropic-compatible", "openai-responses", "gemini")
                .flatMap(protocol ->
                        Stream.of(
                                arguments(protocol, "bearer", "Authorization", "Bearer " + KEY),
                                arguments(protocol, "anthropic", "x-api-key", KEY),
                                arguments(protocol, "x-api-key", "x-api-key", KEY),
                                arguments(protocol, "header", "api-key", KEY),
                                arguments(protocol, "google_query", "?key=", KEY),
                                arguments(protocol, "none", "", "")));
    }

    @ParameterizedTest
    @MethodSource("styles")
    void aStyleSendsTheKeyInItsPlaceAndNowhereElse(
            String protocol, String style, String place, String value) {
        Provider provider =
                declared(
                        """
                        compatibility = "%s"
                        auth_style = "%s"
                        api_key_env = "MY_KEY"
                        """
                                        .formatted(protocol, style)
                                + (style.equals("header") ? "auth_header = \"api-key\"" : ""));
        Asked asked = send(provider, "/anything");

        for (String header : PLACES) {
            assertThat(asked.headers().get(header))
                    .as(header)
                    .isEqualTo(header.equals(place) ? value : null);
        }
        assertThat(asked.target())
                .isEqualTo("/v1/anything" + (place.equals("?key=") ? "?key=" + KEY : ""));
        boolean versioned = style.equals("anthropic") || protocol.startsWith("anthropic");
        assertThat(asked.headers().get("anthropic-version"))
                .isEqualTo(versioned ? "2023-06-01" : null);
    }

    @Test
    void azureOpenAiIsAMatterOfConfiguration() {
        Provider azure =
                declared(
                        """
                        base_url = "%s/openai/deployments/my-gpt"
                        auth_style = "header"
                        auth_header = "api-key"
                        api_key_env = "MY_KEY"
                        [providers.mine.query]
                        api-version = "2024-10-21"
                        """
                                .formatted(
                                        server.baseUrl()
                                                .resolve("/")
                                                .toString()
                                                .replaceAll("/$", "")));
        server.says("Hello");
        ProviderClient client = new ProviderClient(transport, requests, InstantSource.system());

        try (var stream =
                client.open(
                        azure,
                        "gpt-4o",
                        ChatRequest.of("gpt-4o", List.of(Message.user("Hi"))),
                        new CancelToken())) {
            assertThat(stream.next()).isNotNull();
        }

        Asked asked = server.takeAsked();
        assertThat(asked.method() + " " + asked.target())
                .isEqualTo(
                        "POST /openai/deployments/my-gpt/chat/completions?api-version=2024-10-21");
        assertThat(asked.headers().get("api-key")).isEqualTo(KEY);
        assertThat(asked.headers().get("Authorization")).isNull();
    }

    private Provider declared(String keys) {
        ProvidersSection section = new ProvidersSection(Presets.of(_ -> Optional.empty()));
        String address =
                keys.contains("base_url") ? "" : "base_url = \"%s\"\n".formatted(server.baseUrl());
        Settings settings =
                Settings.of("config.toml", "[providers.mine]\n" + address + keys, List.of(section));
        assertThat(settings.problems()).isEmpty();
        return settings.get(section).getFirst().provider();
    }

    private Asked send(Provider provider, String path) {
        Body body =
                Body.of("application/json", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        try (UpstreamResponse response =
                transport.send(
                        requests.post(provider, "m", path, Headers.NONE, body, false),
                        new CancelToken())) {
            assertThat(response.status()).isPositive();
        }
        return server.takeAsked();
    }
}
