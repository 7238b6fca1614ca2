package hal0.cli.wiring;

import hal0.home.Home;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Settings;
import hal0.slots.model.RegisteredModel;
import hal0.slots.model.RegistrySection;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `models.toml` as it was last read; what is used is the last reading that could be used.
///
/// **Threads** any; reloaded by one at a time.
final class RegistryFile {
    private final Home home;
    private final ConfigSections sections;
    private volatile Settings read;
    private volatile Settings used;

    RegistryFile(Home home, ConfigSections sections) {
        this.home = home;
        this.sections = sections;
        this.read = sections.models(home);
        this.used = read;
    }

    void reload() {
        read = sections.models(home);
        if (read.usable()) {
            used = read;
        }
    }

    boolean isThere() {
        return Files.exists(home.config().resolve(RegistrySection.FILE));
    }

    boolean usable() {
        return read.usable();
    }

    List<ConfigProblem> problems() {
        return read.problems();
    }

    List<RegisteredModel> models() {
        return used.get(RegistrySection.SECTION);
    }

    /// The provider or slot of each model that names one.
    Map<String, String> bindings() {
        Map<String, String> bindings = new HashMap<>();
        for (RegisteredModel model : models()) {
            if (model.upstream() != null) {
                bindings.put(model.id(), model.upstream());
            }
        }
        return bindings;
    }
}
