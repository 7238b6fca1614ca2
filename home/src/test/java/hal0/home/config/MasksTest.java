package hal0.home.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128, http://proxy:3128",
        "http://me:pa55@proxy:3128, http://***REDACTED***@proxy:3128",
        "http://me:p@ss@proxy, http://***REDACTED***@proxy",
        "https://host/a@b, https://host/a@b",
        "https://host?q=a@b, https://host?q=***REDACTED***",
        "https://host/mcp?api-version=2&key=k1&x#y, https://host/mcp?api-version=2&key=***REDACTED***&***REDACTED***#y",
        "https://u:p@host/mcp?key=${KEY}, https://***REDACTED***@host/mcp?key=${KEY}",
        "what? no, what? no",
        "someone@example.com, someone@example.com",
        "://, ://",
    })
    void anAddressIsShownWithoutUserPasswordAndQuery(String value, String shown) {
        assertThat(Masks.address(value)).isEqualTo(shown);
    }

    @Test
    void aCommandIsShownWithoutTheSecretsAmongItsWords() {
        assertThat(
                        Masks.words(
                                List.of(
                                        "npx",
                                        "-y",
                                        "mcp-remote",
                                        "https://u:p@host/mcp?sig=1",
                                        "--header",
                                        "Authorization: Bearer abc",
                                        "--header",
                                        "X-Api-Key: $KEY",
                                        "--token",
                                        "abc",
                                        "--api-key=abc",
                                        "GITHUB_TOKEN=${GITHUB_TOKEN}",
                                        "--token",
                                        "--verbose",
                                        "a:b")))
                .containsExactly(
                        "npx",
                        "-y",
                        "mcp-remote",
                        "https://***REDACTED***@host/mcp?sig=***REDACTED***",
                        "--header",
                        "Authorization: ***REDACTED***",
                        "--header",
                        "X-Api-Key: $KEY",
                        "--token",
                        "***REDACTED***",
                        "--api-key=***REDACTED***",
                        "GITHUB_TOKEN=${GITHUB_TOKEN}",
                        "--token",
                        "--verbose",
                        "a:b");
    }
}
