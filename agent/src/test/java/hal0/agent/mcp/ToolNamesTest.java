package hal0.agent.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolNamesTest {
    @Test
    void namesThatFitStayAsTheyAre() {
        assertThat(ToolNames.of("files", List.of("read", "get-sum", "a_b")))
                .containsExactly(
                        Map.entry("read", "files__read"),
                        Map.entry("get-sum", "files__get-sum"),
                        Map.entry("a_b", "files__a_b"));
    }

    @Test
    void otherCharactersAreReplacedByWhatEveryProviderTakes() {
        assertThat(ToolNames.of("s", List.of("notes/search", "größe")))
                .containsEntry("notes/search", "s__notes_search")
                .containsEntry("größe", "s__gr__e");
    }

    @Test
    void namesThatBecomeTheSameAreToldApartWhateverTheOrder() {
        Map<String, String> one = ToolNames.of("s", List.of("a/b", "a.b", "a_b"));
        Map<String, String> other = ToolNames.of("s", List.of("a_b", "a.b", "a/b"));
        assertThat(one).isEqualTo(other).containsEntry("a_b", "s__a_b");
        assertThat(one.values()).doesNotHaveDuplicates();
        assertThat(one.get("a/b")).matches("s__a_b_[0-9a-f]{8}");
    }

    @Test
    void longNamesAreCutAndStayApart() {
        String start = "x".repeat(80);
        Map<String, String> names = ToolNames.of("server", List.of(start + "1", start + "2"));
        assertThat(names.values())
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[A-Za-z][A-Za-z0-9_-]{1,63}"));
    }
}
