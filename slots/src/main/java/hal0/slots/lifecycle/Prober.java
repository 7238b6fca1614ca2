package hal0.slots.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import hal0.providers.Provider;
import hal0.providers.Timeouts;
import hal0.providers.error.ProviderException;
import hal0.providers.http.Body;
import hal0.providers.http.CancelToken;
import hal0.providers.http.Headers;
import hal0.providers.http.Transport;
import hal0.providers.http.UpstreamRequest;
import hal0.providers.http.UpstreamResponse;
import hal0.providers.message.Protocol;
import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.Running;
import java.net.URI;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Finds out whether what runs answers, by asking it.
///
/// **Shape** a server is up when its health is good and, where it serves a model that can be asked
/// cheaply, it has answered one smallest request: many say that they are healthy before they have
/// loaded anything. **Threads** any; blocks.
public final class Prober {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration HEALTH = Duration.ofSeconds(10);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int MAX_ANSWER = 1024 * 1024;
    private static final int SHOWN = 300;

    /// A server may stumble over its first requests; one that goes on failing has another reason.
    private static final int FAILED_ANSWERS = 5;

    private final Transport transport;
    private final LongSupplier nanos;
    private final Duration healthLimit;

    public Prober(Transport transport) {
        this(transport, System::nanoTime, HEALTH);
    }

    Prober(Transport transport, LongSupplier nanos, Duration healthLimit) {
        this.transport = transport;
        this.nanos = nanos;
        this.healthLimit = healthLimit;
    }

    /// What came of one question: a text when it was not answered well.
    private record Reply(int status, String trouble, boolean isSlow) {
        Reply(int status, String trouble) {
            this(status, trouble, false);
        }

        boolean isGood() {
            return trouble.isEmpty();
        }
    }

    /// Returns when it answers.
    ///
    /// **Errors** `LOAD_FAILED` when it does not within `limit` or says that it cannot,
    /// `CANCELLED`.
    void awaitAnswer(Launch launch, Running running, Duration limit, CancelToken cancel) {
        long end = nanos.getAsLong() + limit.toNanos();
        awaitHealth(launch, running, end, limit, cancel);
        String question = question(launch);
        if (question != null) {
            awaitReply(launch, running, question, end, limit, cancel);
        }
    }

    private void awaitHealth(
            Launch launch, Running running, long end, Duration limit, CancelToken cancel) {
        Duration pause = FIRST_PAUSE;
        Reply reply = health(launch, running, cancel);
        while (!reply.isGood()) {
            long left = end - nanos.getAsLong();
            if (left <= 0) {
                throw failed(
                        "%s did not get healthy within %d s (load_timeout_s): %s"
                                .formatted(
                                        launch.healthPath(), limit.toSeconds(), reply.trouble()));
            }
            pauseOr(cancel, min(pause, Duration.ofNanos(left)), launch);
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
            reply = health(launch, running, cancel);
        }
    }

    private void awaitReply(
            Launch launch,
            Running running,
            String question,
            long end,
            Duration limit,
            CancelToken cancel) {
        Duration pause = FIRST_PAUSE;
        int failures = 0;
        while (true) {
            long left = Math.max(end - nanos.getAsLong(), FIRST_PAUSE.toNanos());
            Reply reply = ask(launch, running, question, Duration.ofNanos(left), cancel);
            if (reply.isGood()) {
                return;
            }
            boolean later =
                    reply.status() == 0
                            || reply.status() == 408
                            || reply.status() == 429
                            || reply.status() == 503;
            failures += later ? 0 : 1;
            boolean refused = reply.status() >= 400 && reply.status() < 500 && !later;
            if (refused || failures >= FAILED_ANSWERS) {
                throw failed("it is healthy but refuses a request: " + reply.trouble());
            }
            left = end - nanos.getAsLong();
            if (left <= 0) {
                throw failed(
                        "it is healthy but answered no request within %d s (load_timeout_s): %s"
                                .formatted(limit.toSeconds(), reply.trouble()));
            }
            pauseOr(cancel, min(pause, Duration.ofNanos(left)), launch);
            pause = min(pause.multipliedBy(2), LONGEST_PAUSE);
        }
    }

    private static void pauseOr(CancelToken cancel, Duration time, Launch launch) {
        if (!Pause.of(time, cancel)) {
            throw SlotException.of(
                    SlotProblem.CANCELLED,
                    "loading %s was given up: %s".formatted(launch.slot(), cancel.reason()));
        }
    }

    private static SlotException failed(String why) {
        return SlotException.of(SlotProblem.LOAD_FAILED, why);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /// Asks for its health once: empty when that is good, else what is wrong. One that is `busy`
    /// may be slow to answer: some servers do one thing at a time.
    String unwell(Launch launch, Running running, boolean busy, CancelToken cancel) {
        Reply reply = health(launch, running, cancel);
        return busy && reply.isSlow() ? "" : reply.trouble();
    }

    /// Whether it answers the smallest request within `limit`, be it with an error; true where
    /// there is none that could be asked.
    boolean isAnswering(Launch launch, Running running, Duration limit, CancelToken cancel) {
        String question = question(launch);
        return question == null || !ask(launch, running, question, limit, cancel).isSlow();
    }

    private Reply health(Launch launch, Running running, CancelToken cancel) {
        return send(launch, running, "GET", launch.healthPath(), null, healthLimit, cancel);
    }

    private Reply ask(
            Launch launch, Running running, String question, Duration limit, CancelToken cancel) {
        Body body = Body.of("application/json", question.getBytes(UTF_8));
        return send(launch, running, "POST", path(launch), body, limit, cancel);
    }

    private static String path(Launch launch) {
        return switch (launch.type()) {
            case LLM -> "/v1/chat/completions";
            case EMBEDDING -> "/v1/embeddings";
            case RERANKING -> "/v1/rerank";
            case TRANSCRIPTION, TTS, IMAGE -> launch.healthPath();
        };
    }

    /// The cheapest request of its kind; null where there is no cheap one, or no model to ask.
    private static @Nullable String question(Launch launch) {
        Launch.Served served = launch.model();
        if (served == null) {
            return null;
        }
        String model = new String(JsonStringEncoder.getInstance().quoteAsString(served.id()));
        return switch (launch.type()) {
            case LLM ->
                    """
                    {"model":"%s","messages":[{"role":"user","content":"Hi"}],"max_tokens":1,"stream":false}\
                    """
                            .formatted(model);
            case EMBEDDING -> "{\"model\":\"%s\",\"input\":\"Hi\"}".formatted(model);
            case RERANKING ->
                    "{\"model\":\"%s\",\"query\":\"Hi\",\"documents\":[\"Hi\"]}".formatted(model);
            case TRANSCRIPTION, TTS, IMAGE -> null;
        };
    }

    private Reply send(
            Launch launch,
            Running running,
            String method,
            String path,
            @Nullable Body body,
            Duration limit,
            CancelToken cancel) {
        Headers.Builder headers = Headers.builder();
        if (running.key() != null) {
            headers.set("Authorization", "Bearer " + running.key().value());
        }
        Provider provider =
                Provider.builder("slot " + launch.slot(), Protocol.OPENAI, running.endpoint())
                        .timeouts(new Timeouts(CONNECT, limit, limit, limit))
                        .build();
        URI uri = URI.create(running.endpoint() + path);
        UpstreamRequest request =
                new UpstreamRequest(provider, "", method, uri, headers.build(), body, false);
        try (UpstreamResponse response = transport.send(request, cancel)) {
            byte[] answer = response.readAll(MAX_ANSWER);
            int status = response.status();
            return status >= 200 && status < 300
                    ? new Reply(status, "")
                    : new Reply(status, "%d %s".formatted(status, excerpt(answer)).strip());
        } catch (ProviderException e) {
            return new Reply(
                    0, String.valueOf(e.getMessage()), e instanceof ProviderException.TimedOut);
        }
    }

    private static String excerpt(byte[] answer) {
        String text = new String(answer, UTF_8).replaceAll("\\s+", " ").strip();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
