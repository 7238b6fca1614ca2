package hal0.cli.wiring;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import hal0.home.config.ConfigProblem;
import hal0.home.config.FileWatch;
import hal0.relay.control.Reload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Takes over edits of the configuration files while this process runs.
///
/// **Shape** each is told in the log, and to `tell` what a user should see: that an edit is in
/// force, or why not. Nothing that runs is touched: an answer goes on with what it began with.
final class ConfigWatch {
    private static final System.Logger LOG = System.getLogger(ConfigWatch.class.getName());

    private final Configuration configuration;
    private final Consumer<String> tell;

    private ConfigWatch(Configuration configuration, Consumer<String> tell) {
        this.configuration = configuration;
        this.tell = tell;
    }

    static FileWatch start(Configuration configuration, Duration every, Consumer<String> tell) {
        ConfigWatch watch = new ConfigWatch(configuration, tell);
        return new FileWatch(configuration::look, configuration::stamps, watch::changed)
                .start(every);
    }

    private void changed(List<Path> files) {
        Reload reload = configuration.reload();
        for (ConfigProblem problem : configuration.problems()) {
            if (problem.severity() == ConfigProblem.Severity.ERROR) {
                LOG.log(ERROR, problem.toString());
                tell.accept(problem.toString());
            }
        }
        configuration
                .needsRestart()
                .ifPresent(text -> {
                    LOG.log(WARNING, text);
                    tell.accept(text);
                });
        say(files, file -> reload.applied().contains(nameOf(file)), INFO, "is in force");
        say(
                files,
                file -> isRead(file) && !reload.applied().contains(nameOf(file)),
                ERROR,
                "cannot be used: what it said before stays in force");
    }

    private void say(
            List<Path> files,
            java.util.function.Predicate<Path> which,
            System.Logger.Level level,
            String what) {
        String names =
                files.stream().filter(which).map(this::nameOf).collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            String text = "%s was changed and %s".formatted(names, what);
            LOG.log(level, text);
            tell.accept(text);
        }
    }

    private boolean isRead(Path file) {
        return file.equals(configuration.home().configFile())
                || file.equals(configuration.home().upstreamsFile())
                || configuration.slots().reads(file);
    }

    private String nameOf(Path file) {
        return String.valueOf(configuration.home().config().relativize(file));
    }
}
