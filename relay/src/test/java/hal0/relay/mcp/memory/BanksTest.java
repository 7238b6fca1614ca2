package hal0.relay.mcp.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.home.memory.Note;
import hal0.relay.mcp.protocol.Caller;
import hal0.relay.mcp.protocol.ToolException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whose notes are whose.
class BanksTest {
    private static Caller agent(String key, String agent) {
        return new Caller(key, "client", agent, false);
    }

    private static Caller owner(String agent) {
        return new Caller(null, "client", agent, true);
    }

    @Test
    void anAgentIsInItsKeysBankWhateverItCallsItself() {
        assertThat(Banks.of(agent("ci", null), "")).isEqualTo("ci");
        assertThat(Banks.of(agent("ci", "Planner"), "")).isEqualTo("ci.planner");
        assertThat(Banks.of(agent("ci", "../default"), "")).startsWith("ci.");
        assertThatThrownBy(() -> Banks.of(agent("ci", null), "default"))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("\"ci\"");
        assertThat(Banks.mayUse(agent("ci", "planner"), "ci")).isFalse();
    }

    @Test
    void theOwnerNamesAny() {
        assertThat(Banks.of(owner(null), "")).isEqualTo("default");
        assertThat(Banks.of(owner("Hermes"), "")).isEqualTo("hermes");
        assertThat(Banks.of(owner(null), "ci.planner")).isEqualTo("ci.planner");
        assertThat(Banks.mayUse(owner(null), "ci")).isTrue();
        assertThatThrownBy(() -> Banks.of(owner(null), "No Bank"))
                .isInstanceOf(ToolException.class);
    }

    @Test
    void keysThatDifferHaveBanksThatDifferAndEachIsAName() {
        List<String> keys =
                List.of(
                        "ci",
                        "CI",
                        "c.i",
                        "c i",
                        "c_i",
                        "ci ",
                        "-ci",
                        "é",
                        "x".repeat(64),
                        "x".repeat(63));
        List<String> banks =
                Stream.concat(
                                keys.stream().map(key -> Banks.of(agent(key, null), "")),
                                keys.stream().map(key -> Banks.of(agent(key, "a".repeat(99)), "")))
                        .toList();
        assertThat(banks).doesNotHaveDuplicates().allSatisfy(Note::requireBank);
    }
}
