package hal0.home;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where a hal0 home keeps its files.
///
/// **Shape** `config` holds the user's files, `data` what must not be lost, `state` what may be
/// (logs, locks). With `HAL0_HOME` all three are under one folder. All paths are absolute.
public record Home(Path config, Path data, Path state) {

    private static final String OWN_NAME = "hal0";

    /// Finds the home; creates and changes nothing.
    ///
    /// **Shape** `override` (`--config-dir`) replaces only the config folder. An empty variable
    /// counts as unset, and so does an XDG variable that is not absolute. **Source** XDG Base
    /// Directory Specification 0.8.
    public static Home locate(
            Map<String, String> environment, Path userHome, @Nullable Path override) {
        return locate(environment, userHome, override, Path.of("/etc", OWN_NAME));
    }

    static Home locate(
            Map<String, String> environment,
            Path userHome,
            @Nullable Path override,
            Path systemFolder) {
        String named = environment.getOrDefault("HAL0_HOME", "");
        if (!named.isEmpty()) {
            Path root = absolute(Path.of(named));
            return new Home(
                    override == null ? root : absolute(override),
                    root.resolve("data"),
                    root.resolve("state"));
        }
        Path home = absolute(userHome);
        Path config =
                override == null
                        ? configFolder(environment, home, systemFolder)
                        : absolute(override);
        return new Home(
                config,
                xdg(environment, "XDG_DATA_HOME", home.resolve(".local/share")),
                xdg(environment, "XDG_STATE_HOME", home.resolve(".local/state")));
    }

    private static Path configFolder(
            Map<String, String> environment, Path userHome, Path systemFolder) {
        Path own = xdg(environment, "XDG_CONFIG_HOME", userHome.resolve(".config"));
        return !Files.isDirectory(own) && Files.isDirectory(systemFolder) ? systemFolder : own;
    }

    private static Path xdg(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        Path base = value.isEmpty() ? otherwise : Path.of(value);
        return (base.isAbsolute() ? base.normalize() : otherwise).resolve(OWN_NAME);
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// Makes those of the three folders that are missing, for this user only (0700).
    ///
    /// **Errors** [IOException] that names the folder and the reason.
    public void createFolders() throws IOException {
        for (Path folder : List.of(config, data, state)) {
            createPrivate(folder);
        }
    }

    /// Makes a folder and its parents with mode 0700; one that is there stays as it is.
    public static void createPrivate(Path folder) throws IOException {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mode =
                posix
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rwx------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.createDirectories(folder, mode);
        } catch (IOException e) {
            throw new IOException(
                    "cannot create the folder %s: %s".formatted(folder, IoReason.of(e)), e);
        }
    }

    public Path configFile() {
        return config.resolve("config.toml");
    }

    public Path upstreamsFile() {
        return config.resolve("upstreams.toml");
    }

    public Path envFile() {
        return config.resolve("api.env");
    }

    public Path slotsFolder() {
        return config.resolve("slots");
    }

    public Path scriptsFolder() {
        return config.resolve("providers");
    }

    /// A file for each agent that the user has made.
    public Path agentsFolder() {
        return config.resolve("agents");
    }

    /// A file for each theme of the user's own.
    public Path themesFolder() {
        return config.resolve("themes");
    }

    /// A file for each slash command of the user's own.
    public Path commandsFolder() {
        return config.resolve("commands");
    }

    /// A folder for each skill.
    public Path skillsFolder() {
        return config.resolve("skills");
    }

    /// The files and folders of `config`.
    public List<Path> configFiles() {
        return List.of(
                configFile(),
                upstreamsFile(),
                envFile(),
                slotsFolder(),
                scriptsFolder(),
                agentsFolder(),
                commandsFolder(),
                themesFolder(),
                skillsFolder(),
                config.resolve("models.toml"),
                config.resolve("profiles.toml"));
    }

    public Path database() {
        return data.resolve("hal0.db");
    }

    /// Rows of the usage ledger that wait to be written to the database.
    public Path journalFolder() {
        return data.resolve("journal");
    }

    public Path sessionsFolder() {
        return data.resolve("sessions");
    }

    /// What files were before tools changed them.
    public Path checkpointsFolder() {
        return data.resolve("checkpoints");
    }

    /// Where pulled models are kept, unless config.toml names another folder.
    public Path modelsFolder() {
        return data.resolve("models");
    }

    /// The catalog of models that was fetched last.
    public Path catalogFile() {
        return data.resolve("catalog.json");
    }

    /// What providers listed last.
    public Path modelListsFolder() {
        return state.resolve("model-lists");
    }

    /// Where large uploads wait while they are looked into; the files have no names.
    public Path uploadsFolder() {
        return state.resolve("uploads");
    }

    /// What is known of slots that were started: a folder for each.
    public Path slotStatesFolder() {
        return state.resolve("slots");
    }

    public Path ownerLock() {
        return state.resolve("owner.lock");
    }

    public Path relayFile() {
        return state.resolve("relay.json");
    }

    /// Which pages of the dashboard are signed in.
    public Path loginsFile() {
        return state.resolve("logins.json");
    }

    public Path logFile() {
        return state.resolve("hal0.log");
    }
}
