package hal0.slots.docker;

import hal0.slots.definition.Launch;
import hal0.slots.definition.SlotSpec;
import hal0.slots.engine.Labels;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.runtime.HomeMark;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Decides what the container of a launch is to be.
final class ContainerPlan {
    /// What the start scripts of images need that give up root for a user of theirs.
    private static final Set<String> CHANGE_USER =
            Set.of("CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID");

    private ContainerPlan() {}

    /// **Errors** `CONFIG_ERROR` for an image that nobody names, a model's file that is gone, and a
    /// device that this machine has not.
    static ContainerSpec of(Launch launch, HomeMark home, DeviceNodes nodes) {
        String image = launch.image();
        if (image == null) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "Slot %s has no image: set slot.image or slot.profile."
                            .formatted(launch.slot()));
        }
        ModelBinds model = ModelBinds.of(launch);
        DeviceNodes.Found devices = nodes.forLaunch(launch);
        Map<String, String> env = new HashMap<>(devices.env());
        env.putAll(launch.env());
        return new ContainerSpec(
                Labels.containerName(home, launch.slot()),
                image,
                launch.argv(),
                env,
                Labels.of(launch, home),
                launch.port(),
                model.binds(),
                devices.nodes(),
                devices.groups(),
                devices.nvidiaGpu(),
                capabilities(launch.type(), model),
                launch.memoryMb(),
                launch.cpus());
    }

    /// Servers of language and speech models are one program and need none. Root without any cannot
    /// read a file that is closed to others, as models of a user often are.
    private static Set<String> capabilities(SlotSpec.Type type, ModelBinds model) {
        Set<String> needed = new TreeSet<>();
        switch (type) {
            case LLM, EMBEDDING, RERANKING, TRANSCRIPTION, TTS -> {}
            case IMAGE -> needed.addAll(CHANGE_USER);
        }
        if (model.isClosedToOthers()) {
            needed.add("DAC_OVERRIDE");
        }
        return needed;
    }
}
