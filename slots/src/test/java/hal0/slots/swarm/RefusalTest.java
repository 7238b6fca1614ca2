package hal0.slots.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.definition.SlotSpec.Type;
import hal0.slots.engine.Engine;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefusalTest {
    private static final Engine ENGINE =
            Engine.at(RuntimeName.DOCKER, URI.create("unix:///nowhere"));

    private static SlotException of(String why) {
        Launch launch =
                new Launch(
                        "chat",
                        Type.LLM,
                        RuntimeName.SWARM,
                        "image",
                        List.of(),
                        Map.of(),
                        Device.CPU,
                        0,
                        8081,
                        512,
                        0,
                        List.of("node.labels.a == b"),
                        "/health",
                        null);
        return Refusal.of(ENGINE, launch, why);
    }

    @Test
    void whatHasToBeChangedIsNamed() {
        SlotException constraints =
                of("no suitable node (scheduling constraints not satisfied on 2 nodes)");
        assertThat(constraints.problem()).isEqualTo(SlotProblem.CONFIG_ERROR);
        assertThat(constraints.message()).contains("node.labels.a == b").contains("2 nodes");
        SlotException port = of("no suitable node (host-mode port already in use on 1 node)");
        assertThat(port.problem()).isEqualTo(SlotProblem.NO_FREE_PORT);
        assertThat(port.message()).contains("8081");
        SlotException memory = of("no suitable node (insufficient resources on 1 node)");
        assertThat(memory.problem()).isEqualTo(SlotProblem.LOAD_FAILED);
        assertThat(memory.message()).contains("memory_mb = 512");
    }

    @Test
    void whatTheNodesEngineSaysMeansWhatItMeansForContainers() {
        assertThat(of("No such image: nothing:1").problem()).isEqualTo(SlotProblem.CONFIG_ERROR);
        assertThat(of("something new").message()).contains("slot chat").contains("something new");
    }

    @Test
    void onlyConstraintsAreForGood() {
        assertThat(Refusal.isForGood("constraints not satisfied on 1 node")).isTrue();
        assertThat(Refusal.isForGood("insufficient resources on 1 node")).isFalse();
    }
}
