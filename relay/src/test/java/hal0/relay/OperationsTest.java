package hal0.relay;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Auth;
import hal0.providers.Provider;
import hal0.providers.message.Protocol;
import hal0.relay.testing.RawClient;
import hal0.relay.testing.RawClient.Answer;
import hal0.relay.testing.RawUpstream;
import hal0.relay.testing.RelayFixture;
import hal0.relay.testing.RelayFixture.Row;
import hal0.relay.testing.RelayFixture.Setup;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Embeddings, rankings, verdicts, pictures and speech, passed on to whoever has the model.
class OperationsTest {
    @TempDir private Path folder;
    private RawUpstream upstream;
    private RelayFixture relay;

    @BeforeEach
    void start() {
        upstream = new RawUpstream();
        relay =
                new RelayFixture(
                        folder,
                        Setup.of(
                                RelayFixture.openAi(upstream).injectUsage(true).retries(2).build(),
                                RelayFixture.anthropic(upstream).build(),
                                Provider.builder("google", Protocol.GEMINI, upstream.url("/v1beta"))
                                        .auth(new Auth.None())
                                        .build()));
    }

    @AfterEach
    void stop() {
        relay.close();
        upstream.close();
    }

    @Nested
    class Json {
        @ParameterizedTest
        @CsvSource({
            "/v1/completions,        /v1/completions",
            "/v1/embeddings,         /v1/embeddings",
            "/v1/rerank,             /v1/rerank",
            "/v1/rerankings,         /v1/rerank",
            "/v1/moderations,        /v1/moderations",
            "/v1/images/generations, /v1/images/generations",
            "/v1/images/edits,       /v1/images/edits",
            "/v1/audio/speech,       /v1/audio/speech"
        })
        void isPassedOnUnderTheModelsOwnNameAndNothingElseIsChanged(String path, String asked) {
            upstream.sends(json("{\"object\":\"x\" }"));

            Answer answer =
                    relay.ask(
                            RawClient.post(
                                    path,
                                    "{ \"input\": [1.0e5,\"é\"], \"model\" : \"up/m\", \"z\":{} }",
                                    "OpenAI-Organization: o",
                                    "Authorization: Bearer mine"));

            assertThat(answer.text()).isEqualTo("{\"object\":\"x\" }");
            RawUpstream.Asked request = upstream.takeAsked();
            assertThat(request.requestLine()).isEqualTo("POST " + asked + " HTTP/1.1");
            assertThat(request.text())
                    .isEqualTo("{ \"input\": [1.0e5,\"é\"], \"model\" : \"m\", \"z\":{} }");
            assertThat(request.headers())
                    .contains("OpenAI-Organization: o")
                    .noneMatch(line -> line.contains("mine"));
            Row row = relay.rows(1).getFirst();
            assertThat(row.outcome()).isEqualTo("ANSWERED");
            assertThat(row.provider()).isEqualTo("up");
            assertThat(row.model()).isEqualTo("m");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "/v1/embeddings|{\"data\":[{\"embedding\":[0.1]}],\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}|8|0",
                    "/v1/images/generations|{\"data\":[{\"b64_json\":\"a{[,:\\\"usage\"}],\"usage\":{\"total_tokens\":60,\"input_tokens\":50,\"output_tokens\":10,\"input_tokens_details\":{\"text_tokens\":10}}}|50|10",
                    "/v1/rerank|{\"results\":[],\"meta\":{\"tokens\":{\"input_tokens\":7}}}|7|0",
                    "/v1/rerank|{\"usage\":{\"total_tokens\":9},\"results\":[]}|9|0",
                    "/v1/completions|{\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":3}}|5|3",
                })
        void whatTheAnswerCountsStandsInTheLedger(String path, String body, long in, long out) {
            upstream.sends(json(body));

            relay.ask(RawClient.post(path, "{\"model\":\"up/m\"}"));

            Row row = relay.rows(1).getFirst();
            assertThat(row.input()).isEqualTo(in);
            assertThat(row.output()).isEqualTo(out);
        }

        @Test
        void aHundredThousandVectorsAreCountedThoughNothingOfThemIsKept() {
            String vectors = "[0.123456789,\"x\\\"y\"],".repeat(1_000_000);
            upstream.sends(json("{\"data\":[" + vectors + "0],\"usage\":{\"prompt_tokens\":11}}"));

            Answer answer = relay.ask(RawClient.post("/v1/embeddings", "{\"model\":\"up/m\"}"));

            assertThat(answer.body()).hasSizeGreaterThan(20_000_000);
            assertThat(relay.rows(1).getFirst().input()).isEqualTo(11);
        }

        @Test
        void aBusyProviderIsAskedAgain() {
            upstream.sends("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n").sends(json("{}"));

            Answer answer = relay.ask(RawClient.post("/v1/embeddings", "{\"model\":\"up/m\"}"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-hal0-attempts")).contains("2");
        }

        @Test
        void anErrorOfTheProviderIsTheClients() {
            upstream.sends(
                    "HTTP/1.1 400 Bad\r\nContent-Type: application/json\r\nx-request-id: theirs\r\nContent-Length: 22\r\n\r\n{\"error\":{\"code\":\"x\"}}");

            Answer answer = relay.ask(RawClient.post("/v1/embeddings", "{\"model\":\"up/m\"}"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo("{\"error\":{\"code\":\"x\"}}");
            assertThat(answer.header("x-hal0-origin")).contains("upstream");
            assertThat(answer.header("x-hal0-upstream-request-id")).contains("theirs");
        }

        @ParameterizedTest
        @CsvSource({"claude/c, another", "google/g, v1beta/openai"})
        void aProviderWithoutSuchAPathIsRefusedByName(String model, String hint) {
            Answer answer =
                    relay.ask(RawClient.post("/v1/embeddings", "{\"model\":\"" + model + "\"}"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text())
                    .contains("\"code\":\"dispatch.dialect\"", "\"param\":\"model\"", model, hint);
            assertThat(upstream.asked()).isEmpty();
        }

        @Test
        void aFormWhereAnObjectIsExpectedIs415() {
            Answer answer = relay.ask(form("/v1/embeddings", "--b--\r\n".getBytes(UTF_8)));

            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.text()).contains("request.content_type", "application/json");
            assertThat(upstream.asked()).isEmpty();
        }
    }

    @Nested
    class Streams {
        @Test
        void aCompletionIsAskedForUsageWhichTheClientDoesNotSee() {
            upstream.sends(
                    events(
                            "data: {\"choices\":[{\"text\":\"hi\",\"index\":0,\"finish_reason\":\"stop\"}],\"usage\":null}\n\n"
                                    + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}\n\n"
                                    + "data: [DONE]\n\n"));

            Answer answer =
                    relay.ask(
                            RawClient.post(
                                    "/v1/completions", "{\"model\":\"up/m\",\"stream\":true}"));

            assertThat(answer.text())
                    .isEqualTo(
                            "data: {\"choices\":[{\"text\":\"hi\",\"index\":0,\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
            assertThat(upstream.takeAsked().text()).contains("\"include_usage\":true");
            Row row = relay.rows(1).getFirst();
            assertThat(row.input()).isEqualTo(4);
            assertThat(row.output()).isEqualTo(2);
            assertThat(row.streamed()).isTrue();
        }

        @Test
        void eventsWithoutAnEndMarkerEndWhereTheirAnswerEnds() {
            String events =
                    "event: transcript.text.delta\ndata: {\"type\":\"transcript.text.delta\",\"delta\":\"a\"}\n\n"
                            + "data: {\"type\":\"transcript.text.done\",\"usage\":{\"type\":\"tokens\",\"input_tokens\":14,\"output_tokens\":45}}\n\n";
            upstream.sends(events(events));

            Answer answer = relay.ask(form("/v1/audio/transcriptions", fields("model", "up/m")));

            assertThat(answer.text()).isEqualTo(events);
            Row row = relay.rows(1).getFirst();
            assertThat(row.outcome()).isEqualTo("ANSWERED");
            assertThat(row.input()).isEqualTo(14);
            assertThat(row.output()).isEqualTo(45);
        }

        @Test
        void anErrorAmongEventsIsAFailureInTheLedger() {
            upstream.sends(events("data: {\"error\":{\"message\":\"no\",\"code\":\"x\"}}\n\n"));

            relay.ask(RawClient.post("/v1/completions", "{\"model\":\"up/m\",\"stream\":true}"));

            assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("FAILED");
        }

        @Test
        void soundIsHeardWhileTheRestOfItIsMade() {
            CountDownLatch heard = new CountDownLatch(1);
            upstream.then(turn -> {
                turn.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nTransfer-Encoding: chunked\r\n\r\n");
                turn.chunk("first");
                assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
                turn.chunk("second").chunk("");
            });
            try (RawClient client = new RawClient(relay.port())) {
                client.send(RawClient.post("/v1/audio/speech", "{\"model\":\"up/m\"}"));
                client.awaitText("first");
                heard.countDown();
                client.awaitText("second\r\n0\r\n\r\n");
            }
            assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("ANSWERED");
        }

        @Test
        void soundThatBreaksOffIsCut() {
            upstream.then(turn -> {
                turn.send(
                        "HTTP/1.1 200 OK\r\nContent-Type: audio/mpeg\r\nTransfer-Encoding: chunked\r\n\r\n");
                turn.chunk("first").close();
            });

            Answer answer = relay.ask(RawClient.post("/v1/audio/speech", "{\"model\":\"up/m\"}"));

            assertThat(answer.whole()).isFalse();
            assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("FAILED");
        }
    }

    @Nested
    class Forms {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/v1/audio/transcriptions",
                    "/v1/audio/translations",
                    "/v1/images/edits",
                    "/v1/images/variations"
                })
        void isPassedOnWithTheModelsOwnNameWhereverItStands(String path) {
            for (byte[] body :
                    new byte[][] {
                        fields("model", "up/m", "file", "\u0000\r\n--\r\n--bx\u00ff", "n", "1"),
                        fields("file", "x".repeat(300_000), "n", "1", "model", "up/m")
                    }) {
                upstream.sends(json("{\"text\":\"t\"}"));

                Answer answer = relay.ask(form(path, body));

                assertThat(answer.status()).as(answer.text()).isEqualTo(200);
                RawUpstream.Asked asked = upstream.takeAsked();
                assertThat(asked.requestLine()).isEqualTo("POST " + path + " HTTP/1.1");
                assertThat(asked.headers())
                        .contains("Content-Type: multipart/form-data; boundary=b-1");
                assertThat(new String(asked.body(), ISO_8859_1))
                        .isEqualTo(new String(body, ISO_8859_1).replace("up/m", "m"));
            }
        }

        @Test
        void withoutALengthIsPassedOnWithoutOne() {
            upstream.sends(json("{}"));
            byte[] body = fields("model", "up/m", "file", "abc");
            try (RawClient client = new RawClient(relay.port())) {
                client.send(
                                "POST /v1/audio/transcriptions HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=\"b-1\"\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .send(Integer.toHexString(body.length) + "\r\n")
                        .send(body)
                        .send("\r\n0\r\n\r\n");
                assertThat(client.receive().status()).isEqualTo(200);
            }
            assertThat(new String(upstream.takeAsked().body(), ISO_8859_1))
                    .isEqualTo(new String(body, ISO_8859_1).replace("up/m", "m"));
        }

        @Test
        void withoutAModelGetsTheOneThatIsActive() {
            relay.close();
            relay =
                    new RelayFixture(
                            folder,
                            Setup.of(RelayFixture.openAi(upstream).build())
                                    .active("up", "whisper"));
            upstream.sends(json("{}"));
            byte[] body = fields("file", "abc");

            relay.ask(form("/v1/audio/transcriptions", body));

            assertThat(upstream.takeAsked().text())
                    .isEqualTo(
                            new String(fields("model", "whisper"), UTF_8).replace("--b-1--\r\n", "")
                                    + new String(body, UTF_8));
        }

        @Test
        void aSmallOneIsSentAgainToABusyProvider() {
            upstream.sends("HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n").sends(json("{}"));

            Answer answer =
                    relay.ask(
                            form("/v1/audio/transcriptions", fields("file", "a", "model", "up/m")));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("x-hal0-attempts")).contains("2");
            assertThat(upstream.takeAsked().body()).isEqualTo(upstream.takeAsked().body());
        }

        @Test
        void aLargeOneIsSentOnceAndTheProvidersAnswerIsTheClients() {
            upstream.sends(
                    "HTTP/1.1 503 Busy\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nbusy");

            Answer answer =
                    relay.ask(
                            form(
                                    "/v1/audio/transcriptions",
                                    fields("model", "up/m", "file", "x".repeat(1_000_000))));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).isEqualTo("busy");
            assertThat(upstream.asked()).hasSize(1);
        }

        @Test
        void aSecondModelIsRefusedAlsoBehindTheFile() {
            upstream.always(turn -> turn.send(json("{}")));

            Answer answer =
                    relay.ask(
                            form(
                                    "/v1/audio/transcriptions",
                                    fields(
                                            "model",
                                            "up/m",
                                            "file",
                                            "x".repeat(500_000),
                                            "model",
                                            "up/dear")));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("request.invalid", "part 3: model stands twice");
            assertThat(upstream.asked()).isEmpty();
            assertThat(relay.rows(1).getFirst().errorKind()).isEqualTo("rejected");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "--b-1--\r\nx",
                    "--b-1\r\n\r\nx\r\n--b-1--",
                    "--b-1\nContent-Disposition: form-data; name=\"model\"\n\nup/m\n--b-1--",
                    "--b-1\r\nContent-Disposition: form-data; name=\"model\"\n\r\n\r\nup/m\r\n--b-1--",
                    "--b-1\r\nContent-Disposition: form-data; name=\"mod\\el\"\r\n\r\nup/m\r\n--b-1--",
                    "--b-1\r\nContent-Disposition: form-data; name*=utf-8''model\r\n\r\nup/m\r\n--b-1--",
                    "--b-1\r\nContent-Disposition: form-data; name=\"a\"; name=\"model\"\r\n\r\nup/m\r\n--b-1--",
                    "--b-1\r\nContent-Disposition: form-data\r\n\r\nup/m\r\n--b-1--",
                    "--b-1\r\nContent-Disposition: attachment; name=\"model\"\r\n\r\nup/m\r\n--b-1--",
                    "--b-1\r\nContent-Disposition: form-data;\r\n name=\"model\"\r\n\r\nup/m\r\n--b-1--",
                    "--b-1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n\r\n--b-1--",
                    "--b-1\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nup/m",
                    "--b-1x\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nup/m\r\n--b-1--",
                })
        void whatReadersWouldNotAgreeOnIsRefusedBeforeAnybodyIsAsked(String body) {
            Answer answer = relay.ask(form("/v1/audio/transcriptions", body.getBytes(ISO_8859_1)));

            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.text()).startsWith("{\"error\":{\"message\":");
            assertThat(upstream.asked()).isEmpty();
        }

        @Test
        void aLargerOneThanAllowedIs413BeforeItIsSent() {
            relay.close();
            relay =
                    new RelayFixture(
                            folder,
                            Setup.of(RelayFixture.openAi(upstream).build())
                                    .settings(RelayFixture.settings().withUploads(1, 5, 5)));

            Answer answer =
                    relay.ask(
                            form(
                                    "/v1/audio/transcriptions",
                                    fields("model", "up/m", "file", "x".repeat(2 << 20))));

            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.text()).contains("request.too_large", "max_upload_mb");
            assertThat(upstream.asked()).isEmpty();
        }

        @Test
        void anAnswerBeforeTheEndOfTheFormReachesTheClient() {
            upstream.beforeBody(turn ->
                    turn.send(
                                    "HTTP/1.1 413 Large\r\nContent-Type: text/plain\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig")
                            .close());
            byte[] body = fields("model", "up/m", "file", "x".repeat(8 << 20));
            try (RawClient client = new RawClient(relay.port())) {
                client.send(form("/v1/audio/transcriptions", body));
                Answer answer = client.receive();

                assertThat(answer.status()).isIn(413, 502);
                assertThat(client.isAtEnd()).isTrue();
            }
        }

        @Test
        void aClientThatLeavesInTheMiddleTakesTheCallAlong() {
            CountDownLatch begun = new CountDownLatch(1);
            upstream.beforeBody(turn -> {
                begun.countDown();
                turn.silence();
            });
            try (RawClient client = new RawClient(relay.port())) {
                byte[] whole =
                        form(
                                "/v1/audio/transcriptions",
                                fields("model", "up/m", "file", "x".repeat(200_000)));
                client.send(java.util.Arrays.copyOf(whole, 100_000));
                await(begun);
                client.reset();
                upstream.takeLeft();
            }
            assertThat(relay.rows(1).getFirst().outcome()).isEqualTo("CANCELLED");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] fields(String... namesAndValues) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String file = namesAndValues[i].equals("file") ? "; filename=\"a;b.mp3\"" : "";
            form.append("--b-1\r\nContent-Disposition: form-data; name=\"")
                    .append(namesAndValues[i])
                    .append('"')
                    .append(file)
                    .append("\r\n\r\n")
                    .append(namesAndValues[i + 1])
                    .append("\r\n");
        }
        return form.append("--b-1--\r\n").toString().getBytes(ISO_8859_1);
    }

    static byte[] form(String path, byte[] body) {
        return new String(RawClient.post(path, body), ISO_8859_1)
                .replaceFirst("application/json", "multipart/form-data; boundary=b-1")
                .getBytes(ISO_8859_1);
    }

    private static String json(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(UTF_8).length
                + "\r\n\r\n"
                + body;
    }

    private static String events(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: "
                + body.getBytes(UTF_8).length
                + "\r\n\r\n"
                + body;
    }
}
