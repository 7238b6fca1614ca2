package hal0.slots.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.transport.DockerHttpClient;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import hal0.providers.http.CancelToken;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A way to one engine.
///
/// **Errors** [SlotException], as [EngineFailure] tells them apart. **Threads** any; calls block,
/// and never for longer than their limit: the sockets have no time-outs of their own.
public final class Connection {
    /// For what an engine answers from memory. A busy disk can keep it for seconds.
    public static final Duration SHORT = Duration.ofSeconds(30);

    private static final Duration HELLO = Duration.ofSeconds(5);

    /// Streams of events and logs each hold one.
    private static final int MOST_CONNECTIONS = 1024;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Engine engine;
    private final DockerHttpClient http;
    private final DockerClient docker;

    private Connection(Engine engine, DockerHttpClient http, DockerClient docker) {
        this.engine = engine;
        this.http = http;
        this.docker = docker;
    }

    /// An address where the engine that is wanted does not answer; the message says why.
    static final class Rejected extends Exception {
        Rejected(String reason) {
            super(reason);
        }
    }

    static Connection to(Engine engine, EngineAddress address, Path settings) throws Rejected {
        Connection connection;
        try {
            connection = open(engine, address, settings);
        } catch (RuntimeException e) {
            throw new Rejected(
                    "%s cannot be used: %s"
                            .formatted(settings.resolve("config.json"), EngineFailure.reason(e)));
        }
        String wrong = connection.wrong();
        if (wrong != null) {
            connection.close();
            throw new Rejected(wrong);
        }
        return connection;
    }

    private static Connection open(Engine engine, EngineAddress address, Path settings) {
        DefaultDockerClientConfig config =
                new DefaultDockerClientConfig.Builder()
                        .withDockerHost(String.valueOf(address.uri()))
                        .withDockerTlsVerify(false)
                        .withDockerConfig(settings.toString())
                        .withRegistryUrl(AuthConfig.DEFAULT_SERVER_ADDRESS)
                        .build();
        DockerHttpClient http =
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .maxConnections(MOST_CONNECTIONS)
                        .connectionTimeout(HELLO)
                        .build();
        return new Connection(engine, http, DockerClientImpl.getInstance(config, http));
    }

    /// Why this is not the engine that is wanted, null when it is. A ping takes neither of them
    /// more than a moment, and only Podman's answer names the library that it is made of.
    private @Nullable String wrong() {
        boolean podman;
        try {
            podman = Deadline.call(HELLO, new CancelToken(), this::isPodman);
        } catch (RuntimeException e) {
            return EngineFailure.reason(e);
        }
        if (podman == (engine.name() == RuntimeName.PODMAN)) {
            return null;
        }
        return podman ? "answers as Podman" : "answers as Docker";
    }

    private boolean isPodman() {
        DockerHttpClient.Request ping =
                DockerHttpClient.Request.builder()
                        .method(DockerHttpClient.Request.Method.GET)
                        .path("/_ping")
                        .build();
        try (DockerHttpClient.Response response = http.execute(ping)) {
            if (response.getStatusCode() != 200) {
                throw new DockerException("answers " + response.getStatusCode() + " to a ping", 0);
            }
            return response.getHeaders().keySet().stream()
                    .anyMatch(name -> name.equalsIgnoreCase("libpod-api-version"));
        }
    }

    /// Does something short with the engine; `doing` says what, for the message of a failure.
    public <T extends @Nullable Object> T call(String doing, Function<DockerClient, T> work) {
        return call(doing, SHORT, new CancelToken(), work);
    }

    /// The same, given up on after `limit` or when it is cancelled.
    public <T extends @Nullable Object> T call(
            String doing, Duration limit, CancelToken cancel, Function<DockerClient, T> work) {
        try {
            return Deadline.call(limit, cancel, () -> work.apply(docker));
        } catch (RuntimeException e) {
            throw failure(doing, e);
        }
    }

    /// Reads an answer that comes bit by bit, until it ends or is cancelled, which is no failure.
    public <T> void follow(
            String doing,
            CancelToken cancel,
            Consumer<T> sink,
            BiConsumer<DockerClient, Feed<T>> start) {
        try (Feed<T> feed = new Feed<>(sink);
                CancelToken.Registration _ = cancel.onCancel(feed::close)) {
            start.accept(docker, feed);
            feed.await();
        } catch (RuntimeException e) {
            if (!cancel.isCancelled()) {
                throw failure(doing, e);
            }
        }
    }

    /// Posts to a path that docker-java does not know.
    public JsonNode post(String doing, String path, Object body) {
        try {
            DockerHttpClient.Request request =
                    DockerHttpClient.Request.builder()
                            .method(DockerHttpClient.Request.Method.POST)
                            .path(path)
                            .headers(Map.of("content-type", "application/json"))
                            .bodyBytes(JSON.writeValueAsBytes(body))
                            .build();
            return Deadline.call(SHORT, new CancelToken(), () -> send(request));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the body is made of maps, lists and words", e);
        } catch (RuntimeException e) {
            throw failure(doing, e);
        }
    }

    private JsonNode send(DockerHttpClient.Request request) {
        try (DockerHttpClient.Response response = http.execute(request)) {
            String text = new String(response.getBody().readAllBytes(), UTF_8);
            if (response.getStatusCode() >= 300) {
                throw new DockerException(text, response.getStatusCode());
            }
            return text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SlotException failure(String doing, RuntimeException e) {
        if (EngineFailure.isClosed(e)) {
            engine.forget(this);
        }
        return EngineFailure.of(engine, doing, e);
    }

    void close() {
        try {
            docker.close();
        } catch (IOException e) {
            System.getLogger(Connection.class.getName())
                    .log(System.Logger.Level.DEBUG, "connection to an engine did not close", e);
        }
    }
}
