package hal0.slots.definition;

import hal0.home.config.Nearest;
import hal0.slots.definition.Argument.Source;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes of a definition what is started.
///
/// **Shape** looks at the disk for the model's file and at nothing else.
record Launcher(Profiles profiles, ModelPlaces models) {
    /// Where a container finds the files of models.
    private static final String INSIDE = "/models/";

    /// See [Definitions#launch].
    Launch launch(SlotFile file, @Nullable String asked, RuntimeName runtime, int port) {
        SlotSpec spec = file.spec();
        ModelPlaces.Found model = model(file, asked, runtime);
        Optional<Profiles.Layers> profile = profile(file, model, runtime);
        boolean process = runtime == RuntimeName.PROCESS;
        String image = process ? null : image(file, profile);
        String inside = model == null ? null : inside(model, process);
        Gaps gaps = new Gaps(file, model, inside, runtime, port);
        List<Argument> arguments = new ArrayList<>();
        for (CommandWords.Item item : words(file, model, profile, process).merged(gaps::strength)) {
            arguments.addAll(gaps.filled(item));
        }
        if (process && arguments.isEmpty()) {
            throw config(
                    "%s: slot.command: runtime \"process\" needs one"
                            .formatted(file.places().file()));
        }
        long context = gaps.contextOf(arguments);
        return new Launch(
                spec.name(),
                spec.slot().type(),
                runtime,
                image,
                arguments,
                spec.server().env(),
                spec.slot().device(),
                spec.slot().gpuIndex(),
                port,
                spec.slot().memoryMb(),
                spec.slot().cpus(),
                spec.slot().constraints(),
                healthPath(file, profile),
                model == null || inside == null
                        ? null
                        : new Launch.Served(model.id(), model.file(), inside, context));
    }

    private ModelPlaces.@Nullable Found model(
            SlotFile file, @Nullable String asked, RuntimeName runtime) {
        String id = asked == null ? file.spec().model().id() : asked;
        if (id == null || id.isBlank()) {
            return null;
        }
        ModelPlaces.Found found =
                models.find(id, asked == null ? file.places().at("model.default") : "");
        boolean named = found.file() != null || found.registered() != null;
        if (runtime == RuntimeName.PROCESS && !named && !id.equals(file.spec().model().id())) {
            throw config(
                    "slot %s runs a program of this machine, which brings no models: \"%s\" is neither registered nor a file (%s)"
                            .formatted(file.spec().name(), id, models.hint(id)));
        }
        return found;
    }

    private static String inside(ModelPlaces.Found model, boolean process) {
        Path file = model.file();
        if (file == null) {
            return model.id();
        }
        return process ? file.toString() : INSIDE + file.getFileName();
    }

    /// A process has the profile that its file names, and no other: its command stands there.
    private Optional<Profiles.Layers> profile(
            SlotFile file, ModelPlaces.@Nullable Found model, RuntimeName runtime) {
        SlotSpec.Slot slot = file.spec().slot();
        if (slot.profile() != null) {
            return Optional.of(named(slot.profile(), file.places().at("slot.profile")));
        }
        if (runtime == RuntimeName.PROCESS) {
            return Optional.empty();
        }
        if (model != null && model.registered() != null && model.registered().profile() != null) {
            return Optional.of(
                    named(model.registered().profile(), model.place() + ": model " + model.id()));
        }
        Optional<Profiles.Layers> usual = profiles.usual(slot.type(), slot.device());
        if (usual.isEmpty()) {
            throw config(
                    "%s: slot.profile: nothing is known that serves type \"%s\" on device \"%s\" (define one in profiles.toml and name it)"
                            .formatted(
                                    file.places().at("slot.device"),
                                    slot.type().word(),
                                    slot.device().word()));
        }
        return usual;
    }

    private Profiles.Layers named(String name, String place) {
        return profiles.find(name)
                .orElseThrow(() ->
                        config(
                                "%s: there is no profile \"%s\"%s"
                                        .formatted(
                                                place,
                                                name,
                                                Nearest.hint(name, profiles.names()))));
    }

    private String image(SlotFile file, Optional<Profiles.Layers> profile) {
        SlotSpec.Slot slot = file.spec().slot();
        String image =
                slot.image() != null
                        ? slot.image()
                        : profile.map(layers -> profiles.image(layers, slot.device())).orElse(null);
        if (image == null) {
            throw config(
                    "%s: slot.image: profile \"%s\" names no image for device \"%s\" (add image = \"…\" here or there)"
                            .formatted(
                                    file.places().file(),
                                    profile.map(Profiles.Layers::name).orElse(""),
                                    slot.device().word()));
        }
        return image;
    }

    private static String healthPath(SlotFile file, Optional<Profiles.Layers> profile) {
        String own = file.spec().server().healthPath();
        if (file.places().has("server.health_path")) {
            return own;
        }
        String path = profile.map(Profiles.Layers::healthPath).orElse(null);
        return path == null ? own : path;
    }

    private static CommandWords words(
            SlotFile file,
            ModelPlaces.@Nullable Found model,
            Optional<Profiles.Layers> profile,
            boolean process) {
        SlotSpec spec = file.spec();
        CommandWords words = new CommandWords();
        if (process) {
            words.add(Source.SLOT, file.places().at("slot.command"), spec.slot().command());
        }
        if (profile.isPresent()) {
            for (Profile part : profile.get().commands()) {
                Source source = part.line() == 0 ? Source.BASE : Source.PROFILE;
                words.add(source, part.place(), part.command());
            }
        }
        addOfModel(words, model);
        addLayers(words, file);
        return words.add(
                Source.EXTRA_ARGS,
                file.places().at("server.extra_args"),
                spec.server().extraArgs());
    }

    /// The server calls the model as clients do: vLLM refuses any other name, and llama.cpp would
    /// tell clients the path of the file.
    private static void addOfModel(CommandWords words, ModelPlaces.@Nullable Found model) {
        if (model == null || model.file() == null) {
            return;
        }
        if (isLlama(words)) {
            words.add(Source.MODEL, model.place(), List.of(Flags.ALIAS, model.id()));
        } else if (words.has(Flags.MAX_MODEL_LENGTH, Gaps.CONTEXT)) {
            words.add(Source.MODEL, model.place(), List.of(Flags.SERVED_NAME, model.id()));
        }
    }

    /// A server of llama.cpp on a GPU is told how many layers go there.
    private static void addLayers(CommandWords words, SlotFile file) {
        boolean gpu =
                switch (file.spec().slot().device()) {
                    case GPU_CUDA, GPU_ROCM, GPU_VULKAN -> true;
                    case CPU, NPU -> false;
                };
        if (!gpu || !isLlama(words)) {
            return;
        }
        int layers = file.spec().model().gpuLayers();
        String count = layers < 0 ? BuiltInProfiles.ALL_LAYERS : String.valueOf(layers);
        if (file.places().has("model.n_gpu_layers")) {
            words.add(Source.SLOT, file.places().at("model.n_gpu_layers"), List.of("-ngl", count));
        } else if (!words.has(Flags.GPU_LAYERS)) {
            words.add(Source.BASE, "", List.of("-ngl", count));
        }
    }

    /// A command that takes the context from hal0 in the way of llama.cpp is one for it.
    private static boolean isLlama(CommandWords words) {
        return words.has(Flags.CONTEXT, Gaps.CONTEXT);
    }

    static SlotException config(String message) {
        return SlotException.of(SlotProblem.CONFIG_ERROR, message);
    }
}
