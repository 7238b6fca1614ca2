package hal0.slots.docker;

import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import hal0.slots.model.SplitModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;

/// The files of a model as a container is to see them, all of their parts.
record ModelBinds(List<ContainerSpec.Bind> binds, boolean isClosedToOthers) {
    ModelBinds {
        binds = List.copyOf(binds);
    }

    /// **Errors** `CONFIG_ERROR` that names the file that is gone.
    static ModelBinds of(Launch launch) {
        Launch.Served model = launch.model();
        if (model == null || model.file() == null || !model.inside().startsWith("/")) {
            return new ModelBinds(List.of(), false);
        }
        List<ContainerSpec.Bind> binds = new ArrayList<>();
        boolean closed = false;
        for (Path file : SplitModel.parts(model.file())) {
            Path real = real(file, launch.slot());
            closed |= isClosed(real);
            binds.add(new ContainerSpec.Bind(real, inside(model, file)));
        }
        return new ModelBinds(binds, closed);
    }

    /// Other parts lie beside the one that is named.
    private static String inside(Launch.Served model, Path file) {
        if (file.equals(model.file())) {
            return model.inside();
        }
        return String.valueOf(Path.of(model.inside()).resolveSibling(file.getFileName()));
    }

    /// Links are followed here: what they point to is in no container.
    private static Path real(Path file, String slot) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            throw SlotException.of(
                    SlotProblem.CONFIG_ERROR,
                    "Slot %s needs the model file %s, which is not there. Pull it again or change model.default."
                            .formatted(slot, file),
                    e);
        }
    }

    private static boolean isClosed(Path file) {
        try {
            return !Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                    && !Files.getAttribute(file, "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException e) {
            // Whoever may not even ask cannot run a container with it either; the engine will say
            // so.
            return false;
        }
    }
}
