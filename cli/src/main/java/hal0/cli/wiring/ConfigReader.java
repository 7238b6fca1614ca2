package hal0.cli.wiring;

import hal0.home.Home;
import hal0.home.config.FileStamps;
import hal0.home.config.Settings;
import hal0.home.config.TomlSource;
import hal0.providers.config.ProvidersSection;
import hal0.slots.definition.ProfilesSection;
import hal0.slots.model.RegistrySection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads the files of a home together, as they are or as one of them would be.
///
/// **Threads** any; no state.
final class ConfigReader {
    private final Home home;
    private final ConfigSections sections;
    private final Predicate<String> isKnownElsewhere;

    /// `isKnownElsewhere` tells ids of providers that no table has to declare.
    ConfigReader(Home home, ConfigSections sections, Predicate<String> isKnownElsewhere) {
        this.home = home;
        this.sections = sections;
        this.isKnownElsewhere = isKnownElsewhere;
    }

    /// The files as they are; entries that are wrong are as `before` had them.
    Reading read(Optional<Reading> before) {
        return of(sections.config(home), sections.upstreams(home), before);
    }

    /// The files as they are, but for one that has another text.
    Reading with(TomlSource source) {
        return source.file().equals(ProvidersSection.FILE)
                ? of(
                        Settings.of(source.file(), source.text(), sections.ofConfig()),
                        sections.upstreams(home),
                        Optional.empty())
                : of(
                        sections.config(home),
                        Settings.of(source.file(), source.text(), sections.ofUpstreams()),
                        Optional.empty());
    }

    /// What two readings of the files say together.
    Reading of(Settings config, Settings upstreams, Optional<Reading> before) {
        return Reading.of(sections, config, upstreams, isKnownElsewhere, before);
    }

    /// The files whose change is noticed, and how they look now.
    static FileStamps look(Home home) {
        return FileStamps.of(
                new FileStamps.Watched(
                        List.of(
                                home.configFile(),
                                home.upstreamsFile(),
                                home.envFile(),
                                home.config().resolve(RegistrySection.FILE),
                                home.config().resolve(ProfilesSection.FILE)),
                        Map.of(
                                home.scriptsFolder(), ".lua",
                                home.slotsFolder(), ".toml")));
    }
}
