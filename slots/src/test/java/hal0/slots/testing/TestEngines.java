package hal0.slots.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.slots.definition.SlotSpec.RuntimeName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The engines that `scripts/engines` runs for tests, and the image that they run there.
///
/// **Errors** a test that asks for an engine which is not there is skipped, and fails where engines
/// must be there.
public final class TestEngines {
    /// An image that holds nothing but the model server, whose flags are its command.
    public static final String IMAGE = "localhost/hal0/model-server:test";

    private TestEngines() {}

    /// Where the engine listens; the image of the model server is there, as it is built now.
    public static URI with(RuntimeName engine) {
        URI address = address(engine);
        Path socket = socket(address);
        String mark = "LABEL%20built=" + age();
        if (ask(socket, "GET", "/images/" + IMAGE + "/json", new byte[0]).contains(age())) {
            return address;
        }
        String changes = "&changes=ENTRYPOINT%20%5B%22/model-server%22%5D&changes=" + mark;
        String path =
                engine == RuntimeName.PODMAN
                        ? "/v4.0.0/libpod/images/import?reference=" + IMAGE
                        : "/images/create?fromSrc=-&repo=" + IMAGE.replace(":test", "&tag=test");
        String answer = ask(socket, "POST", path + changes, serverAsTar());
        if (!answer.startsWith("HTTP/1.1 200")) {
            throw new AssertionError("the test image was not taken: " + answer);
        }
        return address;
    }

    private static String age() {
        try {
            return "t" + Files.getLastModifiedTime(ModelServer.binary()).toMillis();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the engine listens.
    public static URI address(RuntimeName engine) {
        String variable = "HAL0_TEST_" + engine.name();
        String value = System.getenv(variable);
        if (value == null || value.isEmpty()) {
            ModelServer.missing(
                    "no %s for tests: as root, eval \"$(scripts/engines start)\" sets %s"
                            .formatted(engine.word(), variable));
        }
        return URI.create(String.valueOf(value));
    }

    public static Path socket(URI address) {
        return Path.of(address.getPath());
    }

    /// Runs `scripts/engines`, to end an engine or to have it back.
    public static void script(String command, RuntimeName engine) {
        String root = System.getProperty("hal0.root");
        run(List.of(root + "/scripts/engines", command, engine.word()), null);
    }

    /// Where the script keeps what belongs to the engines.
    public static Path folder() {
        return Path.of(Objects.requireNonNull(System.getenv("HAL0_TEST_ENGINES_DIR")));
    }

    /// The output of a program that must end well.
    public static byte[] run(List<String> command, @Nullable Path folder) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(folder == null ? null : folder.toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            byte[] output = process.getInputStream().readAllBytes();
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " failed: " + new String(output, UTF_8));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static byte[] serverAsTar() {
        Path program = ModelServer.binary();
        return run(
                List.of(
                        "tar",
                        "-C",
                        String.valueOf(program.getParent()),
                        "-cf",
                        "-",
                        String.valueOf(program.getFileName())),
                null);
    }

    /// The head and body of an engine's answer to a request of which docker-java knows nothing.
    public static String ask(Path socket, String method, String path, byte[] body) {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(socket));
            OutputStream out = Channels.newOutputStream(channel);
            String head =
                    "%s %s HTTP/1.1\r\nHost: engine\r\nConnection: close\r\nContent-Type: application/x-tar\r\nContent-Length: %d\r\n\r\n"
                            .formatted(method, path, body.length);
            out.write(head.getBytes(UTF_8));
            out.write(body);
            out.flush();
            return new String(all(channel), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] all(SocketChannel channel) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(8192);
        while (channel.read(piece) >= 0) {
            all.write(piece.array(), 0, piece.position());
            piece.clear();
        }
        return all.toByteArray();
    }
}
