package hal0.cli.console;

import hal0.agent.Agent;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which model answers.
public final class ModelOptions {
    public static final Agent.Choice NONE = new Agent.Choice("", "");

    @Option(
            names = "--provider",
            paramLabel = "ID",
            description = "Provider to ask; the active one by default.")
    private @Nullable String provider;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            description = "Model to ask: an id of the provider, or provider/model.")
    private @Nullable String model;

    /// What the user chose, as far as it goes. A model alone may be an id that any provider has.
    public Agent.Choice choice() {
        return new Agent.Choice(provider == null ? "" : provider, model == null ? "" : model);
    }
}
