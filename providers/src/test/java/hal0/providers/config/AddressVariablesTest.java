package hal0.providers.config;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.Presets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressVariablesTest {
    private static Optional<String> openai(Map<String, String> variables) {
        return Presets.of(AddressVariables.usable(name -> Optional.ofNullable(variables.get(name))))
                .find("openai")
                .map(provider -> provider.baseUrl().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HAL0_OPENAI_BASE_URL",
                "HIVELOOM_OPENAI_BASE_URL",
                "HIVELOOM_OPENAI_COMPAT_BASE_URL"
            })
    void eachNameMovesTheOpenAiPreset(String name) {
        assertThat(openai(Map.of(name, " https://openrouter.ai/api/v1/ ")))
                .contains("https://openrouter.ai/api/v1");
    }

    @Test
    void theOwnNameComesFirst() {
        assertThat(
                        openai(
                                Map.of(
                                        "HIVELOOM_OPENAI_BASE_URL", "https://b.example/v1",
                                        "HAL0_OPENAI_BASE_URL", "https://a.example/v1")))
                .contains("https://a.example/v1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HAL0_OPENAI_BASE_URL|https://openrouter.ai|path",
                "HAL0_OPENAI_BASE_URL|https://openrouter.ai/|https://api.openai.com/v1",
                "HIVELOOM_OPENAI_BASE_URL|openrouter.ai/api/v1|http://",
                "HAL0_OPENAI_BASE_URL|https://u:secret@x.example/v1|api.env",
                "HAL0_CUSTOM_BASE_URL|not an address|address",
                "HAMR_CUSTOM_BASE_URL|ftp://h/v1|http://",
            })
    void aWrongOneIsToldByNameAndNotUsed(String name, String value, String help) {
        Map<String, String> variables = Map.of(name, value);
        assertThat(AddressVariables.problems(key -> Optional.ofNullable(variables.get(key))))
                .singleElement()
                .asString()
                .startsWith("environment: " + name)
                .contains(help)
                .doesNotContain("secret");
        assertThat(openai(variables)).contains("https://api.openai.com/v1");
    }

    @Test
    void aCustomServerMayServeAtItsRoot() {
        assertThat(
                        AddressVariables.problems(key ->
                                key.equals("HAL0_CUSTOM_BASE_URL")
                                        ? Optional.of("http://127.0.0.1:4000")
                                        : Optional.empty()))
                .isEmpty();
    }
}
