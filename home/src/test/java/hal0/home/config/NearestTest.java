package hal0.home.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
    private static final List<String> WORDS =
            List.of("base_url", "api_key", "api_key_env", "auth_style", "port", "headers", "id");

    @ParameterizedTest
    @CsvSource({
        "baseurl, base_url",
        "base-url, base_url",
        "BASE_URL, base_url",
        "base_ulr, base_url",
        "prot, port",
        "prt, port",
        "header, headers",
        "auth, auth_style",
        "api_keys, api_key",
        "api_key_envs, api_key_env",
    })
    void typingErrorsFindTheirWord(String typed, String word) {
        assertThat(Nearest.to(typed, WORDS)).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({"zebra", "x", "ab", "temperature", "xy"})
    void whatIsFarFromEverythingFindsNothing(String typed) {
        assertThat(Nearest.to(typed, WORDS)).isNull();
    }

    @Test
    void aWordOfManyMegabytesIsNobodysSlip() {
        assertThat(Nearest.to("port".repeat(4_000_000), WORDS)).isNull();
        assertThat(Nearest.to("port", List.of("port".repeat(4_000_000)))).isNull();
    }

    @Test
    void theHintFollowsWhatIsWrong() {
        assertThat(Nearest.hint("prot", WORDS)).isEqualTo(" (did you mean \"port\"?)");
        assertThat(Nearest.hint("zebra", WORDS)).isEmpty();
    }

    @Test
    void noWordsFindNothing() {
        assertThat(Nearest.to("port", List.of())).isNull();
        assertThat(Nearest.to("", WORDS)).isNull();
    }
}
