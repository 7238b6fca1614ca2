package hal0.providers.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.providers.Provider;
import hal0.providers.client.Dialects;
import hal0.providers.message.ChatRequest;
import hal0.providers.message.Message;
import hal0.providers.message.Part;
import hal0.providers.message.Protocol;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every request of a client means what stands beside it.
class RequestGoldenTest {
    private static final Path WIRE =
            Path.of(System.getProperty("hal0.root"), "providers/src/test/resources/wire");

    static List<Path> requests() throws IOException {
        try (Stream<Path> files = Files.walk(WIRE)) {
            return files.filter(f -> f.toString().endsWith(".request.json")).sorted().toList();
        }
    }

    private static Dialect dialect(Path file) {
        String folder = file.getParent().getFileName().toString();
        return Dialects.of(Protocol.valueOf(folder.toUpperCase(Locale.ROOT)));
    }

    private static ReadRequest read(Path file) throws Exception {
        return dialect(file).read(Files.readAllBytes(file), RequestLine.SILENT);
    }

    private static List<String> lines(ReadRequest read) {
        ChatRequest request = read.request();
        List<String> lines = new ArrayList<>();
        lines.add("model " + request.model() + ", stream " + request.stream());
        lines.add("counts usage " + read.countsUsage());
        lines.add(request.options().toString());
        request.tools().forEach(tool -> lines.add(tool.toString()));
        for (Message message : request.messages()) {
            lines.add(message.role().toString());
            for (Part part : message.parts()) {
                lines.add("  " + part.toString().replace("\n", "\\n"));
            }
        }
        request.extra()
                .fields()
                .forEach((place, value) -> lines.add("extra " + place + " " + value));
        read.ignored().forEach(place -> lines.add("ignored " + place));
        return lines;
    }

    @ParameterizedTest
    @MethodSource("requests")
    void meansWhatStandsBesideIt(Path file) throws Exception {
        List<String> lines = lines(read(file));
        Path golden = Path.of(file.toString().replace(".json", ".txt"));
        if (Boolean.getBoolean("golden.update")) {
            Files.write(golden, lines);
        }
        assertThat(lines).isEqualTo(Files.readAllLines(golden));
    }

    /// What a protocol's own request says goes to a provider of that protocol again: a second pass
    /// changes nothing more.
    @ParameterizedTest
    @MethodSource("requests")
    void saysTheSameOnceItIsWrittenAgain(Path file) throws Exception {
        Dialect dialect = dialect(file);
        Provider provider =
                Provider.builder("acme", dialect.protocol(), URI.create("http://h/v1"))
                        .injectUsage(true)
                        .build();
        byte[] once = dialect.encode(provider, "m", read(file).request());
        ReadRequest again = dialect.read(once, RequestLine.SILENT);
        byte[] twice = dialect.encode(provider, "m", again.request());
        ObjectMapper json = new ObjectMapper();
        assertThat(json.readTree(twice)).isEqualTo(json.readTree(once));
        assertThat(again.ignored()).isEmpty();
        assertThat(again.request().extra()).isEqualTo(read(file).request().extra());
    }
}
