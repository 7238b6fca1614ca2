package hal0.home.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// Edits of lists of tables, and tables added whole.
class TomlSourceTest {
    private static final String UPSTREAMS =
            """
            # my upstreams

            # the first
            [[upstream]] # a
            name = "a"

            # the second
            [[upstream]]
            name = 'b'   # b
            """;

    private static TomlSource source(String text) {
        return new TomlSource("upstreams.toml", text);
    }

    @Test
    void oneTableOfAListChanges() {
        assertThat(source(UPSTREAMS).with(Map.of("upstream[1].enabled", false)).text())
                .isEqualTo(UPSTREAMS + "enabled = false\n");
        assertThat(source(UPSTREAMS).with(Map.of("upstream[0].name", "z")).text())
                .isEqualTo(UPSTREAMS.replace("\"a\"", "\"z\""));
    }

    @Test
    void oneTableOfAListGoesWithItsComment() {
        assertThat(source(UPSTREAMS).without("upstream[0]").text())
                .isEqualTo("# my upstreams\n\n# the second\n[[upstream]]\nname = 'b'   # b\n");
    }

    @Test
    void aListWhoseLastTableIsGoneIsGone() {
        TomlSource left = source(UPSTREAMS).without("upstream[1]").without("upstream[0]");
        assertThat(left.text()).doesNotContain("upstream = ", "[[upstream]]");
    }

    @Test
    void aWholeTableIsAddedWithTheLineEndsOfTheFile() {
        assertThat(source("").followedBy("[a]\nx = 1\n").text()).isEqualTo("[a]\nx = 1\n");
        assertThat(source("y = 1").followedBy("[a]\nx = 1\n").text())
                .isEqualTo("y = 1\n\n[a]\nx = 1\n");
        assertThat(source("y = 1\r\n").followedBy("[a]\nx = 1").text())
                .isEqualTo("y = 1\r\n\r\n[a]\r\nx = 1\r\n");
    }

    @Test
    void aTableThatIsThereAlreadyIsNotAddedAgain() {
        assertThatThrownBy(() -> source("[a]\nx = 1\n").followedBy("[a]\ny = 1\n"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("already there in line 1");
    }

    @Test
    void aPathIntoWhatIsNoListIsRefused() {
        assertThatThrownBy(() -> source("upstream = 1").with(Map.of("upstream[0].x", 1)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no list of tables");
    }
}
