package hal0.slots.docker;

import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The files of a model as a container is to see them, all of their parts.
///
/// **Source** the names of parts are those of `gguf-split` in llama.cpp
/// (https://github.com/ggml-org/llama.cpp/tree/master/tools/gguf-split, read 2026-11-21).
record ModelBinds(List<ContainerSpec.Bind> binds, boolean isClosedToOthers) {
    private static final Pattern PART = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");
    private static final int MOST_PARTS = 1000;

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
        for (Path file : parts(model.file())) {
            Path real = real(file, launch.slot());
            closed |= isClosed(real);
            binds.add(new ContainerSpec.Bind(real, inside(model, file)));
        }
        return new ModelBinds(binds, closed);
    }

    private static List<Path> parts(Path file) {
        Matcher part = PART.matcher(String.valueOf(file.getFileName()));
        if (!part.matches()) {
            return List.of(file);
        }
        int count = Math.min(Integer.parseInt(part.group(3)), MOST_PARTS);
        List<Path> files = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            files.add(
                    file.resolveSibling(
                            "%s-%05d-of-%s.gguf".formatted(part.group(1), number, part.group(3))));
        }
        return files;
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
