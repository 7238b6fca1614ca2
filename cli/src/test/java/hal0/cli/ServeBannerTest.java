package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class ServeBannerTest {
    @Test
    void everyKindOfClientIsToldItsAddress() {
        assertThat(ServeBanner.of(URI.create("http://127.0.0.1:8080"), "127.0.0.1", "box"))
                .isEqualTo(
                        """
                        hal0 relay at http://127.0.0.1:8080
                          OpenAI     http://127.0.0.1:8080/v1
                          Anthropic  http://127.0.0.1:8080
                          Gemini     http://127.0.0.1:8080
                        """);
    }

    @Test
    void anAddressThatCannotBeCalledIsNotShownAsOne() {
        assertThat(ServeBanner.of(URI.create("http://0.0.0.0:9000"), "0.0.0.0", "box"))
                .startsWith("hal0 relay at http://127.0.0.1:9000\n")
                .contains("others     http://box:9000, on every address")
                .doesNotContain("0.0.0.0");
    }
}
