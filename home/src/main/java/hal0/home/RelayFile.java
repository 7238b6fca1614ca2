package hal0.home;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Where the relay of a home listens, and what its own processes need to talk to it.
///
/// **Shape** `state/relay.json`, mode 0600: it holds the admin token of this start. `host` is what
/// the relay is bound to. Fields that a later version adds are ignored. **Threads** any.
public record RelayFile(
        String host,
        int port,
        String instanceId,
        String adminToken,
        long pid,
        Instant startedAt,
        String version) {

    /// The system's notion of when a process began is this coarse, and moves with its clock.
    private static final Duration CLOCK_STEP = Duration.ofSeconds(2);

    public RelayFile {
        if (host.isEmpty() || port < 1 || port > 65535 || instanceId.isEmpty()) {
            throw new IllegalArgumentException("host, port and instance id must be set");
        }
    }

    /// What a process on this machine connects to: loopback where the relay listens everywhere.
    public URI address() {
        String reachable =
                switch (host) {
                    case "0.0.0.0" -> "127.0.0.1";
                    case "::", "[::]" -> "[::1]";
                    case String bare when bare.indexOf(':') >= 0 && !bare.startsWith("[") ->
                            "[" + bare + "]";
                    case String name -> name;
                };
        return URI.create("http://" + reachable + ":" + port);
    }

    /// Whether the process that wrote this still runs. One that was killed leaves its file, and its
    /// number may belong to a younger process by now.
    public boolean isRunning() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(process ->
                        process.info()
                                .startInstant()
                                .filter(start -> start.isAfter(startedAt.plus(CLOCK_STEP)))
                                .isEmpty())
                .isPresent();
    }

    /// Empty when there is none; one that cannot be used is empty too, and logged.
    public static Optional<RelayFile> read(Home home) {
        Path file = home.relayFile();
        try {
            return Optional.of(parse(Files.readAllBytes(file)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            // Not the exception itself: a JSON parser quotes the text, and the token is in it.
            System.getLogger(RelayFile.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0} is ignored: {1}",
                            file,
                            e instanceof FileSystemException f
                                    ? IoReason.of(f)
                                    : "its content is broken");
            return Optional.empty();
        }
    }

    private static RelayFile parse(byte[] json) throws IOException {
        Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IllegalArgumentException("not an object");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (parser.nextToken().isScalarValue()) {
                    fields.put(name, parser.getText());
                } else {
                    parser.skipChildren();
                }
            }
            if (parser.currentToken() != JsonToken.END_OBJECT) {
                throw new IllegalArgumentException("no end");
            }
        }
        return new RelayFile(
                field(fields, "host"),
                Integer.parseInt(field(fields, "port")),
                field(fields, "instance_id"),
                field(fields, "admin_token"),
                Long.parseLong(field(fields, "pid")),
                Instant.parse(field(fields, "started_at")),
                field(fields, "version"));
    }

    private static String field(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /// Replaces the file.
    public void write(Home home) throws IOException {
        AtomicFile.writePrivate(home.relayFile(), toJson());
    }

    private byte[] toJson() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("host", host);
            json.writeNumberField("port", port);
            json.writeStringField("instance_id", instanceId);
            json.writeStringField("admin_token", adminToken);
            json.writeNumberField("pid", pid);
            json.writeStringField("started_at", startedAt.toString());
            json.writeStringField("version", version);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /// Removes the file if it is still this instance's.
    public void delete(Home home) throws IOException {
        if (read(home).filter(now -> now.instanceId.equals(instanceId)).isPresent()) {
            Files.deleteIfExists(home.relayFile());
        }
    }

    @Override
    public String toString() {
        return "RelayFile[%s, instanceId=%s, pid=%d, version=%s]"
                .formatted(address(), instanceId, pid, version);
    }
}
