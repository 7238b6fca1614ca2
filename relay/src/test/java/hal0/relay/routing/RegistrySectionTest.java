package hal0.relay.routing;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RegistrySectionTest {
    private static Settings read(String text) {
        return Settings.of("models.toml", text, List.of(RegistrySection.SECTION));
    }

    @Test
    void aModelIsBoundToWhatItNames() {
        Settings settings =
                read(
                        """
                        [[model]]
                        id = "qwen3-4b"
                        path = "/models/qwen3-4b.gguf"
                        upstream = ""
                        sha256 = ""
                        size_bytes = 0
                        context_length = 32768
                        capabilities = ["chat", "tools"]
                        profile = "llama-server"
                        [[model]]
                        id = "big"
                        upstream = "workstation"
                        """);

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.get(RegistrySection.SECTION)).isEqualTo(Map.of("big", "workstation"));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        assertThat(
                        read("[[model]]\nupstream = \"x\"\n[[model]]\nid = \"a\"\n[[model]]\nid = \"a\"\nupstrem = \"x\"\n")
                                .problems())
                .extracting(Object::toString)
                .satisfiesExactlyInAnyOrder(
                        one ->
                                assertThat(one)
                                        .contains("models.toml:1: model[0]: the model has no id"),
                        two ->
                                assertThat(two)
                                        .contains(
                                                "models.toml:6: model[2].id: \"a\" is registered in line 3 already"),
                        three -> assertThat(three).contains("upstrem", "upstream"));
    }
}
