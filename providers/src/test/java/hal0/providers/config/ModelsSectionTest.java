package hal0.providers.config;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.config.Settings;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsSectionTest {
    private final ModelsSection section = ModelsSection.SECTION;

    private Settings read(String toml) {
        return Settings.of("config.toml", toml, List.of(section));
    }

    @Test
    void nothingIsFetchedUnlessAnAddressIsWritten() {
        assertThat(read("").get(section)).isEqualTo(new ModelsSection.Models(null, null));
        assertThat(read("[models]\nstore = \"\"\ncatalog_url = \"\"").get(section).catalogUrl())
                .isNull();
    }

    @Test
    void bothKeysAreRead() {
        assertThat(
                        read("[models]\nstore = \"/models\"\ncatalog_url = \"https://h/api.json\"")
                                .get(section))
                .isEqualTo(new ModelsSection.Models("/models", URI.create("https://h/api.json")));
    }

    @Test
    void aKeyInTheAddressIsRefusedAndNotRepeated() {
        Settings settings = read("[models]\ncatalog_url = \"https://me:s3cret@h/api.json\"");

        assertThat(settings.problems())
                .singleElement()
                .asString()
                .contains("models.catalog_url", "a user or a key")
                .doesNotContain("s3cret");
        assertThat(settings.get(section).catalogUrl()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"models.dev", "ftp://h/x", "https://", "http://h/a b", "file:///etc/x"})
    void whatIsNoAddressIsReportedWithAnExample(String url) {
        Settings settings = read("[models]\ncatalog_url = \"%s\"".formatted(url));
        assertThat(settings.problems())
                .singleElement()
                .asString()
                .contains("config.toml:2", "models.catalog_url", "https://models.dev/api.json");
        assertThat(settings.get(section).catalogUrl()).isNull();
    }
}
