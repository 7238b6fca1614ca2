package hal0.slots.definition;

import hal0.slots.definition.SlotSpec.Device;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The profiles that a slot can use: those that come with hal0, and the user's.
///
/// **Shape** the user's profile of a name that hal0 has too fills in or replaces what hal0's says:
/// image, health path and devices as a whole, of the command single flags; a command that begins
/// with something other than a flag replaces the whole command. **Threads** any; immutable.
public final class Profiles {
    /// Only what comes with hal0.
    public static final Profiles BUILT_IN = new Profiles(List.of());

    private final List<Profile> own;
    private final Map<String, Layers> layers = new LinkedHashMap<>();

    private Profiles(List<Profile> own) {
        this.own = List.copyOf(own);
        BuiltInProfiles.ALL.forEach(
                profile -> layers.put(profile.name(), new Layers(profile, null)));
        for (Profile profile : own) {
            Layers known = layers.get(profile.name());
            layers.put(profile.name(), new Layers(known == null ? null : known.builtIn(), profile));
        }
    }

    public static Profiles with(List<Profile> own) {
        return new Profiles(own);
    }

    /// One profile as hal0 and the user have it, at least one of them.
    ///
    /// **Shape** what the one does not say, the other does; null and empty where neither does.
    public record Layers(@Nullable Profile builtIn, @Nullable Profile own) {
        private Stream<Profile> mostToLeast() {
            return Stream.of(Optional.ofNullable(own), Optional.ofNullable(builtIn))
                    .flatMap(Optional::stream);
        }

        public String name() {
            return mostToLeast().findFirst().map(Profile::name).orElse("");
        }

        public @Nullable String image() {
            return mostToLeast()
                    .flatMap(profile -> Stream.ofNullable(profile.image()))
                    .findFirst()
                    .orElse(null);
        }

        public @Nullable String healthPath() {
            return mostToLeast()
                    .flatMap(profile -> Stream.ofNullable(profile.healthPath()))
                    .findFirst()
                    .orElse(null);
        }

        public List<Device> devices() {
            return mostToLeast()
                    .map(Profile::devices)
                    .filter(devices -> !devices.isEmpty())
                    .findFirst()
                    .orElse(List.of());
        }

        /// Both where the user's command only adds flags, the one that stands otherwise; from the
        /// least to the most.
        List<Profile> commands() {
            List<Profile> commands = new ArrayList<>();
            boolean replaced =
                    own != null
                            && !own.command().isEmpty()
                            && !own.command().getFirst().startsWith("-");
            if (builtIn != null && !replaced) {
                commands.add(builtIn);
            }
            if (own != null) {
                commands.add(own);
            }
            return commands;
        }

        /// The words that it comes to, before anything is filled in.
        public List<String> command() {
            CommandWords words = new CommandWords();
            for (Profile profile : commands()) {
                words.add(
                        profile.line() == 0 ? Argument.Source.BASE : Argument.Source.PROFILE,
                        profile.place(),
                        profile.command());
            }
            return words.merged().stream()
                    .flatMap(item -> item.words().stream())
                    .map(Argument::text)
                    .toList();
        }
    }

    /// In the order in which they are known.
    public List<Layers> all() {
        return List.copyOf(layers.values());
    }

    public Optional<Layers> find(String name) {
        return Optional.ofNullable(layers.get(name));
    }

    /// Every name, for hints.
    public SortedSet<String> names() {
        return new TreeSet<>(layers.keySet());
    }

    /// What a slot uses when nobody names a profile: hal0's for its type and device, else the first
    /// of the user's that is for such a device.
    Optional<Layers> usual(SlotSpec.Type type, Device device) {
        String name =
                switch (type) {
                    case LLM -> languageModels(device);
                    case EMBEDDING -> device == Device.NPU ? null : "embed";
                    case RERANKING -> device == Device.NPU ? null : "rerank";
                    case TRANSCRIPTION -> device == Device.NPU ? null : "whisper";
                    case TTS -> device == Device.NPU ? null : "tts";
                    case IMAGE -> device == Device.NPU ? null : "comfyui";
                };
        return name != null
                ? find(name)
                : own.stream()
                        .filter(profile -> profile.devices().contains(device))
                        .findFirst()
                        .flatMap(profile -> find(profile.name()));
    }

    private static @Nullable String languageModels(Device device) {
        return switch (device) {
            case CPU -> "llama-server";
            case GPU_CUDA -> "llama-server-cuda";
            case GPU_ROCM -> "llama-server-rocm";
            case GPU_VULKAN -> "llama-server-vulkan";
            case NPU -> null;
        };
    }

    /// The image of a profile on a device: its own, else the one with which language models run
    /// there.
    @Nullable String image(Layers profile, Device device) {
        String image = profile.image();
        if (image != null) {
            return image;
        }
        String name = languageModels(device);
        return name == null ? null : find(name).map(Layers::image).orElse(null);
    }
}
