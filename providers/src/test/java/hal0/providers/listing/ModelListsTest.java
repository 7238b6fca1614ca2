package hal0.providers.listing;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.error.ErrorKind;
import hal0.providers.Auth;
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
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelListsTest {
    /// On a busy machine a first call takes its time; what the test is about takes none.
    private static final Duration PATIENCE = Duration.ofMinutes(1);

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
                    now::get,
                    null,
                    PATIENCE);

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
    void documentsAndStructuredOutputAreReadAndAFeeMakesThePriceUnknown() {
        List<ModelInfo> models =
                parse(
                        """
                        {"data":[{"id":"a","architecture":{"input_modalities":["text","file"]},
                        "supported_parameters":["structured_outputs"],
                        "pricing":{"prompt":"0.000001","completion":"0.000001","request":"0.005"}},
                        {"id":"b","architecture":{"input_modalities":["text"]},"supported_parameters":[]}]}\
                        """);
        assertThat(models.getFirst().documents()).isTrue();
        assertThat(models.getFirst().images()).isFalse();
        assertThat(models.getFirst().structuredOutput()).isTrue();
        assertThat(models.getFirst().price()).isEqualTo(Price.UNKNOWN);
        assertThat(models.getLast().documents()).isNull();
        assertThat(models.getLast().structuredOutput()).isFalse();
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
    void aListIsRememberedUntilTheDeclarationChanges() {
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
        }
    }

    @Test
    void anOldListIsGivenAtOnceAndAskedForAgainMeanwhile() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger questions = new AtomicInteger();
        try (RawServer server =
                new RawServer((_, socket) -> {
                    String id = questions.incrementAndGet() == 1 ? "old" : "new";
                    if (id.equals("new")) {
                        go.await();
                    }
                    list(socket, id);
                    return true;
                })) {
            Provider provider =
                    Provider.builder("acme", Protocol.OPENAI, server.uri("/v1")).build();
            assertThat(ids(lists.of(provider))).containsExactly("old");
            now.updateAndGet(t -> t.plusSeconds(301));
            assertThat(lists.isOld(provider)).isTrue();
            assertThat(ids(lists.cached(provider).orElseThrow())).containsExactly("old");
            // The server does not answer before it may: nobody can have waited for it.
            assertThat(ids(lists.of(provider))).containsExactly("old");
            assertThat(ids(lists.of(provider))).containsExactly("old");
            go.countDown();
            while (!ids(lists.of(provider)).contains("new")) {
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(lists.isOld(provider)).isFalse();
            assertThat(server.requests()).hasSize(2);
        }
    }

    @Test
    void aFailureTakesNothingAwayAndIsNotRepeatedAtOnce() {
        ScriptedProvider server = ScriptedProvider.openAi().lists("{\"data\":[{\"id\":\"a\"}]}");
        Provider provider = server.provider("acme");
        lists.of(provider);
        server.close();
        now.updateAndGet(t -> t.plusSeconds(301));
        assertThat(lists.renewed(provider)).isInstanceOf(Listing.Failed.class);
        assertThat(ids(lists.of(provider))).containsExactly("a");
        assertThat(lists.isOld(provider)).as("asked again at once").isFalse();
        now.updateAndGet(t -> t.plusSeconds(11));
        assertThat(lists.isOld(provider)).isTrue();
    }

    @Test
    void theNextRunKnowsWhatThisOneWasTold(@TempDir Path folder) {
        try (ScriptedProvider server =
                ScriptedProvider.openAi()
                        .lists(
                                """
                                {"data":[{"id":"z/free","context_length":8,"pricing":{"prompt":"0","completion":"0"},
                                "architecture":{"input_modalities":["text","image","file"]},"supported_parameters":["tools"]},
                                {"id":"a"}]}\
                                """)) {
            Provider provider = server.provider("acme");
            Listing told = kept(folder).of(provider);
            ModelLists next = kept(folder);
            assertThat(next.cached(provider)).contains(told);
            assertThat(next.of(provider)).isEqualTo(told);
            assertThat(server.asked()).hasSize(1);
            Provider elsewhere = provider.toBuilder().baseUrl(URI.create("http://h/v1")).build();
            assertThat(kept(folder).cached(elsewhere)).isEmpty();
            now.updateAndGet(t -> t.plus(Duration.ofDays(8)));
            assertThat(kept(folder).cached(provider)).isEmpty();
        }
    }

    @Test
    void aDamagedFileIsAsGoodAsNone(@TempDir Path folder) throws IOException {
        try (ScriptedProvider server =
                ScriptedProvider.openAi().lists("{\"data\":[{\"id\":\"a\"}]}")) {
            Provider provider = server.provider("acme");
            kept(folder).of(provider);
            Path file;
            try (Stream<Path> files = Files.list(folder)) {
                file = files.findFirst().orElseThrow();
            }
            String whole = Files.readString(file);
            for (String damaged :
                    List.of(
                            "",
                            "[]",
                            "null",
                            whole.substring(0, whole.length() / 2),
                            whole.replace("\"format\":1", "\"format\":2"),
                            whole.replace("acme", "other"),
                            whole.replace("true", "7").replace("false", "7"))) {
                Files.writeString(file, damaged);
                assertThat(kept(folder).cached(provider)).as(damaged).isEmpty();
            }
            assertThat(ids(kept(folder).of(provider))).containsExactly("a");
        }
    }

    private ModelLists kept(Path folder) {
        return new ModelLists(
                transport,
                requests,
                new ProviderClient(transport, requests, now::get),
                now::get,
                new ListStore(folder),
                PATIENCE);
    }

    private static Set<String> ids(Listing listing) {
        return ((Listing.Listed) listing).ids();
    }

    private static void list(Socket socket, String id) throws IOException {
        String body = "{\"data\":[{\"id\":\"%s\"}]}".formatted(id);
        RawServer.write(
                socket, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
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
    void theNextKeyIsTakenWhereTheFirstIsRefused() throws IOException {
        variables.put("DEAD", "sk-dead");
        variables.put("ALIVE", "sk-alive");
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(
                    new MockResponse.Builder()
                            .code(401)
                            .body("{\"error\":{\"message\":\"bad key\"}}")
                            .build());
            server.enqueue(new MockResponse.Builder().body("{\"data\":[{\"id\":\"a\"}]}").build());
            server.start();
            Provider provider =
                    Provider.builder(
                                    "acme",
                                    Protocol.OPENAI,
                                    URI.create("http://127.0.0.1:" + server.getPort()))
                            .auth(new Auth.Bearer())
                            .keyNames(List.of("DEAD", "ALIVE"))
                            .build();

            assertThat(lists.of(provider)).isInstanceOf(Listing.Listed.class);
            assertThat(requests.keys().turn(provider).provider().keyNames())
                    .containsExactly("ALIVE");
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
                    list(socket, "a");
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
                LockSupport.parkNanos(1_000_000);
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

    @Test
    void aRelayOfOursWithoutAModelIsRecognisedByItsAnswer() throws IOException {
        try (MockWebServer relay = new MockWebServer()) {
            relay.enqueue(
                    new MockResponse.Builder()
                            .addHeader("x-hal0-origin", "relay")
                            .body("{\"data\":[]}")
                            .build());
            relay.start();
            URI address = URI.create("http://127.0.0.1:" + relay.getPort());
            Provider asked = Provider.builder("llamacpp", Protocol.OPENAI, address).build();
            assertThat(lists.of(asked)).isEqualTo(new Listing.Listed(List.of(), true));
        }
    }
}
