package hal0.cli;

import static hal0.cli.Reference.code;

import hal0.cli.console.Console;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `docs/commands.md` is what the commands say of themselves.
class CommandsReferenceTest {
    private static final Set<String> OF_ALL = Set.of("--config-dir", "--help", "--version");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    @Test
    void theReferenceIsWhatTheCommandsSay() throws Exception {
        Console console =
                new Console(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
        CommandLine top = CommandLineRunner.commandLine(console);
        Reference reference =
                new Reference(
                        "commands.md",
                        "Commands",
                        "Written from `--help`. Every command also takes `--config-dir=DIR` (the folder with config.toml,"
                                + " instead of the usual one), `-h`, `--help` and `-V`, `--version`. Exit codes:"
                                + " [files.md](files.md#exit-codes).");
        describe(reference, top, 2);
        for (CommandLine command : own(top)) {
            describe(reference, command, 2);
            for (CommandLine sub : own(command)) {
                describe(reference, sub, 3);
                for (CommandLine last : own(sub)) {
                    describe(reference, last, 4);
                }
            }
        }
        reference.check();
    }

    /// Each once, though it has further names.
    private static Set<CommandLine> own(CommandLine command) {
        return new LinkedHashSet<>(command.getSubcommands().values());
    }

    private static void describe(Reference reference, CommandLine command, int level) {
        CommandSpec spec = command.getCommandSpec();
        reference.heading(level, spec.qualifiedName());
        String[] about = spec.usageMessage().description();
        reference.paragraph(String.join(" ", about).replace("%n", " "));
        if (spec.aliases().length > 0) {
            reference.paragraph("Also: " + code(String.join(", ", spec.aliases())));
        }
        if (command.getSubcommands().isEmpty() || level == 2 && spec.parent() == null) {
            reference.block(synopsis(command));
        }
        List<List<String>> rows = new ArrayList<>();
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            if (!parameter.hidden()) {
                rows.add(List.of(code(parameter.paramLabel()), text(parameter.description())));
            }
        }
        for (OptionSpec option : spec.options()) {
            if (!option.hidden() && !OF_ALL.contains(option.longestName())) {
                rows.add(List.of(code(names(option)), text(option.description())));
            }
        }
        reference.table(List.of("", ""), rows);
        String footer = command.getHelp().footer().strip();
        if (!footer.isEmpty()) {
            reference.block(footer);
        }
    }

    /// Without what every command takes.
    private static String synopsis(CommandLine command) {
        String text = command.getHelp().synopsis(0).replace("[--config-dir=DIR]", "");
        String words = SPACE.matcher(text).replaceAll(" ").strip();
        return words.replace("[-hV] ", "")
                .replaceFirst("\\[-(\\w+)hV]", "[-$1]")
                .replace("[-hV]", "")
                .strip();
    }

    private static String names(OptionSpec option) {
        String label = option.arity().max() == 0 ? "" : "=" + option.paramLabel();
        if (option.arity().min() == 0 && option.arity().max() > 0) {
            label = "[" + label + "]";
        }
        String names = String.join(", ", option.names());
        return (option.negatable() ? names.replace("--", "--[no-]") : names) + label;
    }

    private static String text(String[] lines) {
        return SPACE.matcher(Ansi.OFF.text(String.join(" ", lines)).plainString())
                .replaceAll(" ")
                .replace("%n", " ");
    }
}
