package hal0.cli.models;

import hal0.cli.console.Console;
import hal0.cli.console.HomeOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `hal0 models`: the group of commands about models and their files.
@Command(
        name = "models",
        description = "List, pull, register and remove local models and their files.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The registry is models.toml; pulled files are kept in data/models, or in [models] store",
            "of config.toml. HF_TOKEN (environment or api.env) lets in to gated repositories;",
            "HF_ENDPOINT names another Hugging Face.",
            "",
            "Examples:",
            "  hal0 models pull hf:Qwen/Qwen3-4B-GGUF:Q4_K_M",
            "  hal0 models list"
        })
public final class ModelsCommand {
    private ModelsCommand() {}

    /// The group with its commands.
    public static CommandLine commandLine(Console console, HomeOptions home) {
        CommandLine group = new CommandLine(new ModelsCommand());
        group.addSubcommand(new ListCommand(console, home));
        group.addSubcommand(new ShowCommand(console, home));
        group.addSubcommand(new PullCommand(console, home));
        group.addSubcommand(new RegisterCommand(console, home));
        group.addSubcommand(new RemoveCommand(console, home));
        group.addSubcommand(new AssignCommand(console, home));
        return group;
    }
}
