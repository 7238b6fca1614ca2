package hal0.relay.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The files of the page as they lie in the sources.
class AssetsTest {
    private static Path folder() throws URISyntaxException {
        return Path.of(Assets.class.getResource(Assets.LIST).toURI()).getParent();
    }

    private static List<String> files() throws Exception {
        Path folder = folder();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.endsWith(".class"))
                    .filter(name -> !name.equals("index.html") && !name.equals(Assets.LIST))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void listNamesEveryFile() throws Exception {
        assertThat(Assets.names()).containsExactlyElementsOf(files());
    }

    @Test
    void nothingIsDrawnFromTexts() throws Exception {
        for (String name : files()) {
            String code = Files.readString(folder().resolve(name));
            assertThat(code)
                    .as(name)
                    .doesNotContain(
                            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write")
                    .doesNotContain("eval(", "new Function", "unsafeHTML", " style=\"", " style=${")
                    .doesNotContainPattern(
                            "https?://(?!www\\.w3\\.org/2000/svg)[a-z]+\\.[a-z]+.*\\.(js|css|woff2?)");
        }
    }

    @Test
    void everythingTogetherIsSmall() throws IOException {
        assertThat(Assets.read().gzipBytes()).isLessThan(100_000);
    }
}
