package hal0.slots.definition;

import hal0.slots.definition.SlotSpec.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An image and how it is started, by a name that slots and models can use.
///
/// **Shape** `command` are the words after the image's own entry point. What is null or empty is
/// left to others: see [Profiles]. `line` is where it stands in `profiles.toml`, 0 for one that
/// comes with hal0.
public record Profile(
        String name,
        @Nullable String image,
        List<String> command,
        @Nullable String healthPath,
        List<Device> devices,
        int line) {
    public Profile {
        command = List.copyOf(command);
        devices = List.copyOf(devices);
    }

    /// Where it is written, such as `profiles.toml:12`; empty for one that comes with hal0.
    public String place() {
        return line == 0 ? "" : ProfilesSection.FILE + ":" + line;
    }
}
