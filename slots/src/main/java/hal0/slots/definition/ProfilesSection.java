package hal0.slots.definition;

import hal0.home.config.Nearest;
import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.slots.definition.SlotSpec.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// `[profile.NAME]` of `profiles.toml`: the user's own profiles, in the order of the file.
public final class ProfilesSection implements Section<List<Profile>> {
    public static final String FILE = "profiles.toml";
    public static final ProfilesSection SECTION = new ProfilesSection();

    /// What a profile may be called.
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

    private static final Map<String, Device> DEVICES = Words.of(Device.values());

    private ProfilesSection() {}

    @Override
    public String name() {
        return "profile";
    }

    @Override
    public List<Profile> read(TableReader table) {
        List<Profile> profiles = new ArrayList<>();
        table.tables().forEach((name, profile) -> profiles.add(read(name, profile)));
        return List.copyOf(profiles);
    }

    private static Profile read(String name, TableReader table) {
        if (!NAME.matcher(name).matches()) {
            table.problem(
                    null,
                    "\"%s\" cannot name a profile".formatted(name),
                    "use 1 to 64 of a-z, 0-9, ., _ and -, beginning with a letter or a digit");
        }
        return new Profile(
                name,
                image(table),
                Words.withGaps(table, "command"),
                healthPath(table),
                devices(table),
                table.line());
    }

    private static @Nullable String image(TableReader table) {
        String image = table.stringOrNull("image");
        if (image != null && (image.isBlank() || image.chars().anyMatch(Character::isWhitespace))) {
            table.problem(
                    "image",
                    "\"%s\" is no image".formatted(image),
                    "such as image = \"ghcr.io/ggml-org/llama.cpp:server\"");
        }
        return image;
    }

    private static @Nullable String healthPath(TableReader table) {
        String path = table.stringOrNull("health_path");
        if (path != null) {
            Words.requirePath(table, "health_path", path);
        }
        return path;
    }

    private static List<Device> devices(TableReader table) {
        List<Device> devices = new ArrayList<>();
        for (String word : table.strings("devices")) {
            Device device = DEVICES.get(word);
            if (device == null) {
                String nearest = Nearest.to(word, DEVICES.keySet());
                table.problem(
                        "devices",
                        "\"%s\" is not one of %s"
                                .formatted(word, String.join(", ", DEVICES.keySet())),
                        nearest == null ? "" : "did you mean \"%s\"?".formatted(nearest));
            } else {
                devices.add(device);
            }
        }
        return devices;
    }
}
