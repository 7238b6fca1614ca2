package hal0.home.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MasksTest {

    @ParameterizedTest
    @CsvSource({
        "http://proxy:3128, http://proxy:3128",
        "http://me:pa55@proxy:3128, http://***REDACTED***@proxy:3128",
        "http://me:p@ss@proxy, http://***REDACTED***@proxy",
        "https://host/a@b, https://host/a@b",
        "https://host?q=a@b, https://host?q=a@b",
        "someone@example.com, someone@example.com",
        "://, ://",
    })
    void anAddressIsShownWithoutUserAndPassword(String value, String shown) {
        assertThat(Masks.withoutUser(value)).isEqualTo(shown);
    }
}
