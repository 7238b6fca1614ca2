package hal0.providers.listing;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.error.ErrorKind;
import hal0.providers.Auth;
import hal0.providers.ModelFilters;
import hal0.providers.ModelInfo;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.client.ProviderClient;
import hal0.providers.client.RequestBuilder;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.OkHttpTransport;
import hal0.providers.message.Protocol;
import hal0.providers.price.Price;
import hal0.providers.testing.RawServer;
import hal0.providers.testing.ScriptedProvider;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelListsTest {
    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-21T08:00:00Z"));
    private final Map<String, String> variables = new HashMap<>();
    private final OkHttpTransport transport =
            new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private final RequestBuilder requests =
            new RequestBuilder(name -> Optional.ofNullable(variables.get(name)));
    private final ModelLists lists =
            new ModelLists(
                    transport,
                    requests,
                    new ProviderClient(transport, requests, now::get),
                    now::get);

    @AfterEach
    void everyAnswerWasClosed() {
        assertThat(transport.openResponses()).isZero();
        transport.close();
    }

    private static List<ModelInfo> parse(String json) {
        return ModelListParser.parse(json.getBytes(StandardCharsets.UTF_8)).orElseThrow().models();
    }

    @Test
    void openRoutersListTellsPriceAndContext() {
        ModelInfo model =
                parse(
                                """
                                {"data":[{"id":"anthropic/claude-sonnet-4.5","name":"Anthropic: Claude","created":1,
                                "context_length":1000000,"architecture":{"input_modalities":["text","image"]},
                                "pricing":{"prompt":"0.000003","completion":"0.000015","request":"0",
                                "input_cache_read":"0.0000003","input_cache_write":"0.00000375"},
                                "top_provider":{"context_length":1000000,"max_completion_tokens":64000},
                                "supported_parameters":["tools","reasoning","stop"]},
                                {"id":"openrouter/auto","pricing":{"prompt":"-1","completion":"-1"}}]}\
                                """)
                        .getFirst();
        assertThat(model.displayName()).isEqualTo("Anthropic: Claude");
        assertThat(model.contextWindow()).isEqualTo(1_000_000);
        assertThat(model.maxOutputTokens()).isEqualTo(64_000);
        assertThat(model.tools()).isTrue();
        assertThat(model.thinking()).isTrue();
        assertThat(model.images()).isTrue();
        assertThat(model.price().input()).isEqualByComparingTo("3");
        assertThat(model.price().output()).isEqualByComparingTo("15");
        assertThat(model.price().cachedInput()).isEqualByComparingTo("0.3");
        assertThat(model.price().cacheWrite()).isEqualByComparingTo("3.75");
        assertThat(
                        parse(
                                        "{\"data\":[{\"id\":\"openrouter/auto\",\"pricing\":{\"prompt\":\"-1\",\"completion\":\"-1\"}}]}")
                                .getFirst()
                                .price())
                .isEqualTo(Price.UNKNOWN);
    }

    @Test
    void everyShapeIsRead() {
        assertThat(
                        parse(
                                "{\"object\":\"list\",\"data\":[{\"id\":\"gpt-4o\",\"object\":\"model\"}]}"))
                .containsExactly(ModelInfo.of("gpt-4o"));
        assertThat(
                        parse(
                                        "{\"data\":[{\"type\":\"model\",\"id\":\"claude-x\",\"display_name\":\"Claude X\"}],\"has_more\":false}")
                                .getFirst()
                                .displayName())
                .isEqualTo("Claude X");
        assertThat(
                        parse(
                                        "[{\"id\":\"a\",\"context_length\":8,\"pricing\":{\"input\":0.2,\"output\":0.3}}]")
                                .getFirst()
                                .price()
                                .input())
                .isEqualByComparingTo("0.2");
        assertThat(
                        parse("{\"models\":[{\"name\":\"models/gemini-x\",\"inputTokenLimit\":5}]}")
                                .getFirst()
                                .id())
                .isEqualTo("gemini-x");
        assertThat(parse("{\"object\":\"list\",\"data\":null}")).isEmpty();
        assertThat(parse("{\"data\":[{\"object\":\"model\"},{\"id\":\"\"}]}")).isEmpty();
    }

    @Test
    void whatGeminiListsIsWhatCanAnswer() {
        assertThat(
                        parse(
                                """
                                {"models":[{"name":"models/gemini-3.7-flash","version":"001","displayName":"Gemini 3.7 Flash",
                                "inputTokenLimit":1048576,"outputTokenLimit":65536,
                                "supportedGenerationMethods":["generateContent","countTokens"],"thinking":true,"maxTemperature":2},
                                {"name":"models/embedder","supportedGenerationMethods":["embedContent"]}],"nextPageToken":"x"}\
                                """))
                .containsExactly(
                        new ModelInfo(
                                "gemini-3.7-flash",
                                "Gemini 3.7 Flash",
                                1048576L,
                                65536L,
                                true,
                                null,
                                null,
                                null,
                                Price.UNKNOWN));
    }

    @Test
    void whatIsNoListIsNone() {
        for (String body : List.of("", "{}", "\"x\"", "<html>", "{\"data\":[{\"id\":\"a\"}")) {
            assertThat(ModelListParser.parse(body.getBytes(StandardCharsets.UTF_8)))
                    .as(body)
                    .isEmpty();
        }
    }

    @Test
    void anAnswerIsRememberedUntilItIsOldOrTheDeclarationChanges() {
        try (ScriptedProvider server =
                ScriptedProvider.openAi().lists("{\"data\":[{\"id\":\"a\"}]}")) {
            Provider provider = server.provider("acme");
            assertThat(lists.cached(provider)).isEmpty();
            lists.of(provider);
            lists.of(provider);
            assertThat(server.asked()).hasSize(1);
            assertThat(server.asked().getFirst().target()).isEqualTo("/v1/models");
            assertThat(lists.cached(provider)).isPresent();
            lists.of(provider.toBuilder().retries(7).build());
            assertThat(server.asked()).hasSize(2);
            now.updateAndGet(t -> t.plusSeconds(301));
            lists.of(provider);
            assertThat(server.asked()).hasSize(3);
            lists.forget("acme");
            lists.of(provider);
            assertThat(server.asked()).hasSize(4);
        }
    }

    @Test
    void aFailureIsReportedAndRememberedBriefly() {
        variables.put("ACME_KEY", "0123456789");
        try (ScriptedProvider server = ScriptedProvider.anthropic().lists("<html>Hi</html>")) {
            Provider provider =
                    server.provider("acme").toBuilder()
                            .auth(new Auth.Anthropic())
                            .keyNames(List.of("ACME_KEY"))
                            .build();
            Listing.Failed failed = (Listing.Failed) lists.of(provider);
            assertThat(failed.kind()).isEqualTo(ErrorKind.BAD_STREAM);
            assertThat(failed.message()).contains("acme").contains("base_url");
            lists.of(provider);
            assertThat(server.asked()).hasSize(1);
            assertThat(server.asked().getFirst().target()).isEqualTo("/v1/models");
            assertThat(server.asked().getFirst().headers().get("x-api-key"))
                    .isEqualTo("0123456789");
            server.lists("{\"data\":[]}");
            now.updateAndGet(t -> t.plusSeconds(11));
            assertThat(lists.of(provider)).isInstanceOf(Listing.Listed.class);
        }
    }

    @Test
    void aMissingKeyIsAFailureWithoutACall() {
        Provider provider =
                Provider.builder("acme", Protocol.OPENAI, URI.create("http://127.0.0.1:9/v1"))
                        .auth(new Auth.Bearer())
                        .keyNames(List.of("ACME_KEY"))
                        .build();
        assertThat(lists.of(provider))
                .isInstanceOfSatisfying(
                        Listing.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.UNAUTHENTICATED));
    }

    @Test
    void manyWaitersShareOneQuestion() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        try (RawServer server =
                new RawServer((_, socket) -> {
                    go.await();
                    String body = "{\"data\":[{\"id\":\"a\"}]}";
                    RawServer.write(
                            socket,
                            "HTTP/1.1 200 OK\r\nContent-Length: "
                                    + body.length()
                                    + "\r\n\r\n"
                                    + body);
                    return true;
                })) {
            Provider provider =
                    Provider.builder("acme", Protocol.OPENAI, server.uri("/v1")).build();
            List<FutureTask<Listing>> waiters = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                FutureTask<Listing> task = new FutureTask<>(() -> lists.of(provider));
                waiters.add(task);
                Thread.ofVirtual().start(task);
            }
            while (server.requests().isEmpty()) {
                Thread.onSpinWait();
            }
            go.countDown();
            for (FutureTask<Listing> waiter : waiters) {
                assertThat(waiter.get(10, TimeUnit.SECONDS)).isInstanceOf(Listing.Listed.class);
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void whoDoesNotAnswerInTimeHoldsNobodyElseUp() {
        RawServer[] silent = new RawServer[1];
        silent[0] =
                new RawServer((_, _) -> {
                    silent[0].silence();
                    return false;
                });
        try (ScriptedProvider server =
                ScriptedProvider.openAi().lists("{\"data\":[{\"id\":\"a\"}]}")) {
            try (RawServer dead = silent[0]) {
                Map<String, Listing> all =
                        lists.of(
                                List.of(
                                        Provider.builder("dead", Protocol.OPENAI, dead.uri("/v1"))
                                                .build(),
                                        server.provider("acme")),
                                Duration.ofSeconds(1));
                assertThat(all.get("dead")).isInstanceOf(Listing.Failed.class);
                assertThat(all.keySet()).containsExactly("dead", "acme");
            }
            assertThat(lists.of(server.provider("acme"))).isInstanceOf(Listing.Listed.class);
        }
    }

    @Test
    void declaredModelsComeFirstAndFiltersHideTheRest() {
        Provider provider =
                Provider.builder("acme", Protocol.OPENAI, URI.create("http://h"))
                        .models(List.of(ModelInfo.of("mine")))
                        .filters(new ModelFilters(List.of("a*"), List.of("ab")))
                        .build();
        Listing.Listed listed =
                new Listing.Listed(
                        List.of(
                                ModelInfo.of("a"),
                                ModelInfo.of("ab"),
                                ModelInfo.of("b"),
                                ModelInfo.of("mine")),
                        false);
        assertThat(listed.shown(provider)).extracting(ModelInfo::id).containsExactly("mine", "a");
        assertThat(listed.ids()).contains("b", "ab");
    }

    @Test
    void theDemoProviderListsItsModelWithoutANetwork() {
        Provider demo = Presets.of(_ -> Optional.empty()).find("demo").orElseThrow();
        assertThat(lists.of(demo))
                .isEqualTo(new Listing.Listed(List.of(ModelInfo.of("demo")), false));
    }

    @Test
    void discoveryFindsPresetsWithAKey() {
        variables.put("GROQ_API_KEY", "gsk_1234567890");
        Presets presets = Presets.of(name -> Optional.ofNullable(variables.get(name)));
        Set<URI> own = Set.of(URI.create("http://127.0.0.1:8080"));
        List<Discovery.Found> found =
                new Discovery(presets, requests, lists).look(own, Duration.ofSeconds(1));
        assertThat(found)
                .filteredOn(f -> f instanceof Discovery.Found.KeySet)
                .extracting(f -> f.provider().id())
                .containsExactly("groq");
        assertThat(found).noneMatch(f -> f.provider().id().equals("llamacpp"));
    }

    @Test
    void aRelayOfOursIsRecognised() {
        assertThat(
                        ModelListParser.parse(
                                        "{\"data\":[{\"id\":\"a\",\"_hal0\":{\"provider\":\"x\"}}]}"
                                                .getBytes(StandardCharsets.UTF_8))
                                .orElseThrow()
                                .hal0())
                .isTrue();
    }
}
