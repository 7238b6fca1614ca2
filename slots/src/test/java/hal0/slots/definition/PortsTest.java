package hal0.slots.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hal0.slots.definition.Definitions.PortRange;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PortsTest {
    private static final PortRange RANGE = new PortRange(8081, 8083);

    private static SlotSpec slot(String table) {
        return SlotFile.of(Path.of("slots", "chat.toml"), "[slot]\n" + table).spec();
    }

    private static int choose(
            String table, Set<Integer> defined, Set<Integer> used, @Nullable Integer previous) {
        return Ports.choose(slot(table), defined, used, previous, RANGE);
    }

    @Test
    void aSlotsOwnPortIsTakenEvenOutsideOfTheRange() {
        assertThat(choose("port = 9000", Set.of(), Set.of(), 8081)).isEqualTo(9000);
    }

    @Test
    void oneThatIsUsedIsRefusedAndNamed() {
        assertThatExceptionOfType(SlotException.class)
                .isThrownBy(() -> choose("port = 9000", Set.of(), Set.of(9000), null))
                .withMessageContaining("port 9000 of slot chat is used")
                .matches(e -> e.problem() == SlotProblem.NO_FREE_PORT);
    }

    @Test
    void withoutOneItKeepsWhatItHadWhileThatIsFree() {
        assertThat(choose("", Set.of(), Set.of(), 8083)).isEqualTo(8083);
        assertThat(choose("", Set.of(8083), Set.of(), 8083)).isEqualTo(8081);
        assertThat(choose("", Set.of(), Set.of(8083), 8083)).isEqualTo(8081);
        assertThat(choose("", Set.of(), Set.of(), 9000)).isEqualTo(8081);
    }

    @Test
    void theFirstFreeOneOfTheRangeIsChosenAndPortsOfOtherFilesAreLeftAlone() {
        assertThat(choose("", Set.of(8081), Set.of(8082), null)).isEqualTo(8083);
    }

    @Test
    void aFullRangeSaysHowToWidenIt() {
        assertThatExceptionOfType(SlotException.class)
                .isThrownBy(() -> choose("", Set.of(8081, 8082), Set.of(8083), null))
                .withMessageContaining("8081 to 8083")
                .withMessageContaining("port_range_end")
                .matches(e -> e.problem() == SlotProblem.NO_FREE_PORT);
    }
}
