package hal0.slots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.slots.definition.GpuSettings;
import hal0.slots.definition.HomeDefinitions;
import hal0.slots.definition.HomeDefinitions.Surroundings;
import hal0.slots.definition.SlotsSettings;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeepersTest {
    @TempDir Path home;

    @Test
    void aSlotWhoseFileCannotBeUsedIsNotSaidToBeMissing() throws Exception {
        Files.createDirectory(home.resolve("slots"));
        Files.writeString(home.resolve("slots/bad.toml"), "[slot]\nruntim = \"podman\"\n");
        HomeDefinitions definitions = new HomeDefinitions(home);
        definitions.reload(
                new Surroundings(
                        SlotsSettings.USUAL, GpuSettings.USUAL, List.of(), home.resolve("store")));
        Keepers keepers = new Keepers(definitions);

        assertThatThrownBy(() -> keepers.get("bad"))
                .isInstanceOfSatisfying(SlotException.class, e -> is(e, SlotProblem.CONFIG_ERROR))
                .hasMessageContaining("slots/bad.toml:2: slot.runtim");
        assertThatThrownBy(() -> keepers.get("none"))
                .isInstanceOfSatisfying(SlotException.class, e -> is(e, SlotProblem.NOT_FOUND))
                .hasMessageContaining("there is no slot \"none\"");
    }

    private static void is(SlotException e, SlotProblem problem) {
        assertThat(e.problem()).isEqualTo(problem);
    }
}
