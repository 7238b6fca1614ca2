package hal0.cli.smoke;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.cli.console.Interrupt;
import hal0.cli.console.Logs;
import hal0.cli.console.Progress;
import hal0.cli.wiring.Configuration;
import hal0.cli.wiring.Hal0;
import hal0.cli.wiring.NamedProvider;
import hal0.providers.http.CancelToken;
import hal0.providers.probe.Candidate;
import hal0.providers.probe.SideBySide;
import hal0.providers.probe.Verdict;
import hal0.relay.control.ControlPlane.Active;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `hal0 smoke:provider`: does a model answer, streamed and with a tool?
@Command(
        name = "smoke:provider",
        description = {
            "Ask a model for a fixed sentence, as a whole and streamed, and for a call of a tool.",
            "The provider is --provider, else HAL0_LIVE_PROVIDER, else the active one."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 smoke:provider --provider groq",
            "  HAL0_LIVE_PROVIDER=groq hal0 smoke:provider",
            "  hal0 smoke:provider --all --json",
            "",
            "Exit codes: 0 answered, 4 a check failed, 7 nothing could be checked."
        })
public final class SmokeCommand implements Callable<Integer> {
    private static final int AT_ONCE = 4;
    private static final List<String> LIVE_PROVIDER =
            List.of("HAL0_LIVE_PROVIDER", "HAMR_LIVE_PROVIDER");

    private final Console console;
    private final HomeOptions home;

    @Option(names = "--provider", paramLabel = "ID", description = "The provider to ask.")
    private @Nullable String provider;

    @Option(names = "--all", description = "Every provider that has what it needs.")
    private boolean all;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description =
                    "The model to ask; the active one by default, else the provider's usual one.")
    private @Nullable String model;

    @Option(names = "--json", description = "One JSON array.")
    private boolean json;

    public SmokeCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    /// A provider and, where the user said so, its model.
    private record Wish(String provider, String model) {}

    @Override
    public Integer call() throws InterruptedException {
        if (all && (provider != null || model != null)) {
            throw new CommandException(
                    ExitCode.USAGE, "--all goes with neither --provider nor --model");
        }
        Logs.quiet(System.getenv());
        Configuration configuration = Configuration.read(home.locate(), System.getenv()).orThrow();
        CancelToken cancel = new CancelToken();
        List<Row> rows;
        try (Interrupt _ = Interrupt.cancels(cancel);
                Hal0 hal0 = Hal0.open(configuration);
                Progress progress = Progress.on(console)) {
            rows = rows(configuration, new SmokeRun(hal0, cancel, progress));
        }
        if (json || !rows.isEmpty()) {
            Row.table(rows).print(console, json);
        }
        return exitCode(rows);
    }

    private List<Row> rows(Configuration configuration, SmokeRun run) throws InterruptedException {
        if (all) {
            String active = configuration.active().map(Active::provider).orElse("");
            List<Candidate> candidates = Candidate.all(configuration.registry(), active);
            return SideBySide.each(candidates, AT_ONCE, run::oneOfAll).stream()
                    .flatMap(List::stream)
                    .toList();
        }
        Optional<Wish> wish = wish(configuration);
        return wish.isEmpty()
                ? List.of()
                : run.named(
                        NamedProvider.of(configuration, wish.get().provider()), wish.get().model());
    }

    private Optional<Wish> wish(Configuration configuration) {
        String named = model == null ? "" : model;
        if (provider != null) {
            return Optional.of(new Wish(provider, named));
        }
        for (String name : LIVE_PROVIDER) {
            Optional<String> live =
                    configuration
                            .secrets()
                            .find(name)
                            .map(String::strip)
                            .filter(id -> !id.isEmpty());
            if (live.isPresent()) {
                return Optional.of(new Wish(live.get(), named));
            }
        }
        int slash = named.indexOf('/');
        if (slash > 0 && configuration.registry().find(named.substring(0, slash)).isPresent()) {
            return Optional.of(new Wish(named.substring(0, slash), named.substring(slash + 1)));
        }
        return configuration.active().map(active -> new Wish(active.provider(), named));
    }

    private int exitCode(List<Row> rows) {
        return switch (Verdict.of(rows.stream().map(row -> row.check().verdict()).toList())) {
            case FAIL -> ExitCode.UPSTREAM;
            case PASS, WARN -> ExitCode.DONE;
            case SKIP -> {
                console.err()
                        .println(
                                rows.isEmpty()
                                        ? "SKIP: no provider is named; set HAL0_LIVE_PROVIDER, or say --provider ID or --all"
                                        : "SKIP: nothing could be checked");
                yield ExitCode.SKIPPED;
            }
        };
    }
}
