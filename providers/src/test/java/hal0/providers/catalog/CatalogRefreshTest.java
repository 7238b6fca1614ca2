package hal0.providers.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.error.ErrorKind;
import hal0.providers.ModelInfo;
import hal0.providers.Presets;
import hal0.providers.Provider;
import hal0.providers.catalog.CatalogRefresh.Outcome;
import hal0.providers.http.AddressGuard;
import hal0.providers.http.OkHttpTransport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogRefreshTest {
    private static final Provider OPENAI =
            Presets.of(_ -> Optional.empty()).find("openai").orElseThrow();
    private static final String DOCUMENT =
            """
            {"someone":{"id":"someone","models":{"x":{"id":"x","cost":{"input":1,"output":1}}}},
             "openai":{"id":"openai","npm":"@ai-sdk/openai","env":["OPENAI_API_KEY"],"models":{
              "gpt-new":{"id":"gpt-new","name":"GPT New","attachment":true,"reasoning":true,"temperature":false,
               "tool_call":{"supported":true,"parallel":false},"structured_output":true,
               "modalities":{"input":["text","image","pdf"],"output":["text"]},"open_weights":false,
               "cost":{"input":2,"output":8,"cache_read":0.2,"reasoning":8,
                "context_over_200k":{"input":4,"output":12,"cache_read":0.4},
                "tiers":[{"tier":{"type":"context","size":272000},"input":5,"output":20}]},
               "limit":{"context":1000000,"input":900000,"output":64000}},
              "gpt-5":{"id":"gpt-5","name":"GPT-5","cost":{"input":9,"output":99},"limit":{"context":7,"output":0}},
              "gpt-older":{"id":"gpt-older","cost":{"input":2,"output":8,"context_over_200k":{"input":4,"output":12}}},
              "gpt-odd":{"id":"gpt-odd","cost":{"input":2,"output":8,"tiers":[{"tier":{"type":"hour","size":9},"input":5,"output":20}]}},
              "gpt-free":{"id":"gpt-free","cost":{"input":0,"output":0}}}},
             "perplexity":{"id":"perplexity","models":{"sonar":{"id":"sonar","cost":{"input":1,"output":1}}}}}
            """;

    @TempDir private Path folder;
    private final OkHttpTransport transport =
            new OkHttpTransport("test", new AddressGuard(Set.of()), _ -> Optional.empty());
    private final MockWebServer server = new MockWebServer();
    private Path file = Path.of("");

    @BeforeEach
    void start() throws IOException {
        server.start();
        file = folder.resolve("data").resolve("catalog.json");
    }

    @AfterEach
    void everyAnswerWasClosed() {
        assertThat(transport.openResponses()).isZero();
        transport.close();
        server.close();
    }

    private ModelCatalog catalog() {
        return new ModelCatalog(file, InstantSource.fixed(Instant.parse("2026-11-21T08:00:00Z")));
    }

    private Outcome refresh() {
        return new CatalogRefresh(transport, catalog(), InstantSource.system())
                .from(URI.create(server.url("/api.json?key=secret").toString()));
    }

    private void answers(int status, String body, String... headers) {
        MockResponse.Builder response = new MockResponse.Builder().code(status).body(body);
        for (int i = 0; i < headers.length; i += 2) {
            response.setHeader(headers[i], headers[i + 1]);
        }
        server.enqueue(response.build());
    }

    private Optional<ModelInfo> find(String model) {
        return catalog().find(OPENAI, model);
    }

    @Test
    void whatWasFetchedComesBeforeWhatCameWithHal0() {
        answers(200, DOCUMENT);
        assertThat(refresh()).isEqualTo(new Outcome.Replaced(6));
        ModelInfo model = find("gpt-new").orElseThrow();
        assertThat(model.displayName()).isEqualTo("GPT New");
        assertThat(model.contextWindow()).isEqualTo(1_000_000);
        assertThat(model.maxOutputTokens()).isEqualTo(64_000);
        assertThat(model.tools()).isTrue();
        assertThat(model.documents()).isTrue();
        assertThat(model.price().at(272_000).input()).isEqualByComparingTo("2");
        assertThat(model.price().at(272_001).input()).isEqualByComparingTo("5");
        assertThat(find("gpt-older").orElseThrow().price().at(200_001).input())
                .isEqualByComparingTo("4");
        assertThat(find("gpt-odd").orElseThrow().price().isKnown()).isFalse();
        assertThat(find("gpt-free").orElseThrow().price().isKnown()).isFalse();
        // A snapshot is found under the name that the other catalog has for it, too.
        ModelInfo snapshot = find("gpt-5-2025-08-07").orElseThrow();
        assertThat(snapshot.price().input()).isEqualByComparingTo("9");
        assertThat(snapshot.price().cachedInput()).as("of another price list").isNull();
        assertThat(snapshot.contextWindow()).isEqualTo(7);
        assertThat(snapshot.maxOutputTokens()).isEqualTo(128_000);
        assertThat(catalog().models(OPENAI))
                .extracting(ModelInfo::id)
                .contains("gpt-new", "gpt-4o");
    }

    @Test
    void tokensAloneStillDoNotPriceWhatHasAFee() {
        answers(200, DOCUMENT);
        refresh();
        Provider perplexity = Presets.of(_ -> Optional.empty()).find("perplexity").orElseThrow();
        assertThat(catalog().find(perplexity, "sonar").orElseThrow().price().isKnown()).isFalse();
    }

    @Test
    void anUnchangedDocumentIsNotSentAgain() throws InterruptedException {
        answers(200, DOCUMENT, "ETag", "\"v1\"");
        answers(304, "");
        refresh();
        assertThat(refresh()).isEqualTo(new Outcome.Unchanged());
        assertThat(server.takeRequest().getHeaders().get("If-None-Match")).isNull();
        assertThat(server.takeRequest().getHeaders().get("If-None-Match")).isEqualTo("\"v1\"");
        assertThat(find("gpt-new")).isPresent();
    }

    @Test
    void theLastGoodOneStaysWhateverComes() {
        answers(200, DOCUMENT);
        refresh();
        for (String bad :
                new String[] {
                    "",
                    "[]",
                    "<html>",
                    "{}",
                    "{\"someone\":{\"models\":{}}}",
                    DOCUMENT.substring(0, DOCUMENT.length() - 100),
                    "{\"openai\":7}",
                }) {
            answers(200, bad);
            assertThat(refresh())
                    .as(bad)
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed -> {
                                assertThat(failed.kind()).isEqualTo(ErrorKind.BAD_STREAM);
                                assertThat(failed.message())
                                        .contains("catalog_url")
                                        .doesNotContain("secret");
                            });
        }
        answers(500, "");
        assertThat(refresh())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed ->
                                assertThat(failed.message())
                                        .contains("500")
                                        .doesNotContain("secret"));
        assertThat(find("gpt-new")).isPresent();
    }

    @Test
    void aServerThatIsAwayIsSaidToBe() throws IOException {
        server.close();
        assertThat(refresh())
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.kind()).isEqualTo(ErrorKind.UNREACHABLE));
        assertThat(file).doesNotExist();
    }

    @Test
    void aDamagedFileLeavesWhatCameWithHal0() throws IOException {
        Files.createDirectories(file.getParent());
        for (String damaged : new String[] {"", "{", "{\"format\":9}", "[1]"}) {
            Files.writeString(file, damaged);
            assertThat(find("gpt-5").orElseThrow().price().input())
                    .as(damaged)
                    .isEqualByComparingTo("1.25");
        }
    }

    @Test
    void aRunningProcessSeesWhatAnotherFetched() {
        ModelCatalog running = catalog();
        assertThat(running.find(OPENAI, "gpt-new")).isEmpty();
        answers(200, DOCUMENT);
        refresh();
        assertThat(running.find(OPENAI, "gpt-new")).isPresent();
    }
}
