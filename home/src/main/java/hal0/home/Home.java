package hal0.home;

import java.nio.file.Path;

/// Where a hal0 home keeps its files.
///
/// **Shape** `config` holds the user's files, `data` what must not be lost, `state` what may be
/// (logs, locks). With `HAL0_HOME` all three are under one folder.
public record Home(Path config, Path data, Path state) {

    public Path configFile() {
        return config.resolve("config.toml");
    }

    public Path envFile() {
        return config.resolve("api.env");
    }

    public Path slotsFolder() {
        return config.resolve("slots");
    }

    public Path database() {
        return data.resolve("hal0.db");
    }

    public Path sessionsFolder() {
        return data.resolve("sessions");
    }

    public Path ownerLock() {
        return state.resolve("owner.lock");
    }

    public Path relayFile() {
        return state.resolve("relay.json");
    }

    public Path logFile() {
        return state.resolve("hal0.log");
    }
}
