package hal0.cli.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.OwnerNotice;
import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.home.config.Section;
import hal0.home.config.Settings;
import hal0.home.config.TableReader;
import hal0.home.config.TomlEdit;
import hal0.home.config.TomlSource;
import hal0.providers.config.Declared;
import hal0.providers.imported.Credential;
import hal0.providers.imported.Format;
import hal0.providers.imported.ImportPlan;
import hal0.providers.imported.Imported;
import hal0.providers.imported.Importer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hal0 config import`: providers and routes from another program's configuration.
///
/// **Shape** what would be written goes to standard output as a difference, everything else to
/// standard error. Without `--yes` nothing is written.
@Command(
        name = "import",
        description = {
            "Take over providers from a configuration of Hamr, Athyr, LiteLLM or opencode, or from"
                    + " an upstreams.toml.",
            "Shows what it would add to config.toml and api.env, and names what it cannot take"
                    + " over. What is there stays as it is."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 config import ~/.config/opencode/opencode.json",
            "  hal0 config import litellm/config.yaml --yes"
        })
final class ImportCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Parameters(paramLabel = "FILE", description = "The file to read; it is not changed.")
    private @Nullable Path file;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "Whose file it is: ${COMPLETION-CANDIDATES}; told by its content by default.")
    private @Nullable Format format;

    @Option(names = "--yes", description = "Write it.")
    private boolean yes;

    ImportCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        Home at = home.locate();
        Configuration configuration = Configuration.read(at, System.getenv()).orThrow();
        Path source = Objects.requireNonNull(file);
        String name = String.valueOf(source.getFileName());
        Imported imported =
                new Importer(configuration.presets()::find, configuration.secrets()::find)
                        .read(name, content(source), format);
        ImportPlan plan = ImportPlan.of(name, imported, present(configuration));
        imported.notUnderstood().forEach(note -> console.err().println("not taken over: " + note));
        plan.conflicts().forEach(conflict -> console.err().println("left as it is: " + conflict));
        plan.plain()
                .forEach(id ->
                        console.err().println(id + ": needs no table, its preset says the same"));
        List<Credential> keys =
                plan.credentials().stream().filter(key -> isNew(key, configuration)).toList();
        if (plan.toml().isEmpty() && keys.isEmpty()) {
            console.err().println("Nothing to add.");
            return imported.isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
        }
        String before = textOf(at.configFile());
        List<ConfigProblem> warnings = warnings(configuration, before, plan.toml());
        show(at, before, plan.toml(), keys);
        warnings.forEach(console::problem);
        if (!yes) {
            console.err().println("Nothing is written yet; --yes writes it.");
            return ExitCode.DONE;
        }
        write(at, configuration, plan.toml(), keys);
        return ExitCode.DONE;
    }

    private static byte[] content(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Importer.MAX_BYTES + 1);
        } catch (NoSuchFileException _) {
            throw new CommandException(ExitCode.USAGE, "there is no file " + file);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED, "%s cannot be read: %s".formatted(file, IoReason.of(e)));
        }
    }

    private static ImportPlan.Present present(Configuration configuration) {
        Set<String> ids =
                configuration.declared().stream().map(Declared::id).collect(Collectors.toSet());
        RouteNames routes = new RouteNames();
        Settings settings = Settings.read(configuration.home().configFile(), List.of(routes));
        return new ImportPlan.Present(
                ids, settings.get(routes), configuration.active().isPresent());
    }

    private static boolean isNew(Credential key, Configuration configuration) {
        return configuration
                .secrets()
                .find(key.variable())
                .filter(key.secret().value()::equals)
                .isEmpty();
    }

    /// What the additions alone bring about.
    ///
    /// **Errors** [ConfigException]: nothing is written that `config validate` would then refuse.
    private static List<ConfigProblem> warnings(
            Configuration configuration, String before, String added) {
        String after = new TomlSource("config.toml", before).followedBy(added).text();
        List<ConfigProblem> problems = new ArrayList<>(configuration.problemsOf(after));
        problems.removeAll(configuration.problemsOf(before));
        List<ConfigProblem> errors =
                problems.stream()
                        .filter(p -> p.severity() == ConfigProblem.Severity.ERROR)
                        .toList();
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
        return problems;
    }

    private void show(Home at, String before, String added, List<Credential> keys) {
        if (!added.isEmpty()) {
            long line = before.lines().count();
            console.out().println("--- " + at.configFile());
            console.out().println("+++ " + at.configFile());
            String all = new TomlSource("config.toml", before).followedBy(added).text();
            List<String> lines = all.lines().skip(line).toList();
            console.out().println("@@ -%d,0 +%d,%d @@".formatted(line, line + 1, lines.size()));
            lines.forEach(text -> console.out().println("+" + text));
        }
        if (!keys.isEmpty()) {
            console.out().println("--- " + at.envFile());
            console.out().println("+++ " + at.envFile());
            keys.forEach(key -> console.out().println("+" + key.variable() + "=***REDACTED***"));
        }
    }

    /// The keys first: a provider without its key would be asked in vain, a key alone does nothing.
    private void write(Home at, Configuration configuration, String toml, List<Credential> keys)
            throws IOException {
        at.createFolders();
        for (Credential key : keys) {
            configuration.secrets().set(key.variable(), key.secret().value());
        }
        if (!toml.isEmpty()) {
            TomlEdit.append(at.configFile(), toml);
        }
        console.err()
                .println(
                        "Written to %s%s."
                                .formatted(
                                        toml.isEmpty() ? "" : at.configFile(),
                                        keys.isEmpty()
                                                ? ""
                                                : (toml.isEmpty() ? "" : " and ") + at.envFile()));
        OwnerNotice.send(configuration, console.err()::println);
    }

    private static String textOf(Path file) throws IOException {
        return Files.exists(file) ? Files.readString(file, UTF_8) : "";
    }

    /// The names that `[[route]]` tables of the file have.
    private static final class RouteNames implements Section<Set<String>> {
        @Override
        public String name() {
            return "route";
        }

        @Override
        public Set<String> read(TableReader table) {
            Set<String> names = new LinkedHashSet<>();
            for (TableReader route : table.items()) {
                String name = route.stringOrNull("model");
                if (name != null) {
                    names.add(name);
                }
            }
            return names;
        }
    }
}
