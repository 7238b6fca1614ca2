package hal0.slots.model;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.Settings;
import hal0.home.testing.Example;
import hal0.home.testing.KnownKeys;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrySectionTest {
    private static Settings read(String text) {
        return Settings.of("models.toml", text, List.of(RegistrySection.SECTION));
    }

    @Test
    void everyKeyIsRead() {
        Settings settings =
                read(
                        """
                        [[model]]
                        id = "qwen3-4b"
                        path = "/models/qwen3-4b.gguf"
                        ref = "hf:Qwen/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf"
                        upstream = "workstation"
                        sha256 = "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef"
                        size_bytes = 2500000000
                        context_length = 32768
                        capabilities = ["chat", "tools"]
                        profile = "llama-server"
                        """);

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.get(RegistrySection.SECTION))
                .containsExactly(
                        new RegisteredModel(
                                "qwen3-4b",
                                "/models/qwen3-4b.gguf",
                                "hf:Qwen/Qwen3-4B-GGUF/Qwen3-4B-Q4_K_M.gguf",
                                "workstation",
                                "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                                2_500_000_000L,
                                32_768,
                                List.of("chat", "tools"),
                                "llama-server",
                                1));
    }

    @Test
    void whatIsEmptyIsAsIfItWereLeftOut() {
        Settings settings =
                read(
                        "\n[[model]]\nid = \"a\"\npath = \"\"\nref = \"\"\nupstream = \"\"\nsha256 = \"\"\nprofile = \"\"\n");

        assertThat(settings.problems()).isEmpty();
        assertThat(settings.get(RegistrySection.SECTION))
                .containsExactly(
                        new RegisteredModel("a", null, null, null, null, 0, 0, List.of(), null, 2));
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() {
        Settings settings =
                read(
                        "[[model]]\nupstream = \"x\"\n[[model]]\nid = \"a\"\n[[model]]\nid = \"a\"\nupstrem = \"x\"\n");
        assertThat(settings.problems())
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
        assertThat(settings.get(RegistrySection.SECTION))
                .extracting(RegisteredModel::place)
                .containsExactly("models.toml:3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ref = "Qwen3-4B.gguf"     | models.toml:3: model[0].ref: "Qwen3-4B.gguf" is no place to pull a model from
                    sha256 = "abc"            | models.toml:3: model[0].sha256: is not 64 hexadecimal digits
                    size_bytes = -1           | models.toml:3: model[0].size_bytes
                    context_length = "32k"    | models.toml:3: model[0].context_length
                    capabilities = ["chat", ""] | models.toml:3: model[0].capabilities: holds an empty text
                    path = 5                  | models.toml:3: model[0].path
                    """)
    void wrongValueIsReportedAtItsPlace(String line, String problem) {
        assertThat(read("[[model]]\nid = \"a\"\n" + line + "\n").problems())
                .singleElement()
                .asString()
                .startsWith(problem);
    }

    @Test
    void exampleIsRightAndHasEveryKey() throws Exception {
        assertThat(Settings.read(Example.file("models.toml"), List.of(RegistrySection.SECTION)))
                .satisfies(example -> assertThat(example.problems()).isEmpty());
        Set<String> written =
                read(Example.withEverything("models.toml")).settings().stream()
                        .filter(setting -> !setting.origin().equals("default"))
                        .map(setting -> KnownKeys.plain(setting.path()))
                        .collect(Collectors.toSet());
        assertThat(written).containsAll(KnownKeys.of(RegistrySection.SECTION, "one"));
    }
}
