package hal0.cli.slots;

import hal0.cli.console.CommandException;
import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.home.config.Nearest;
import hal0.slots.definition.SlotEdits;
import hal0.slots.definition.SlotEdits.Origin;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hal0 slots edit NAME`: changes keys of `slots/NAME.toml`.
@Command(
        name = "edit",
        description = {
            "Change keys of a slot's file; comments and everything else in it stay.",
            "It is started as it says from its next load on."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 slots edit chat --model qwen3-8b --ctx-size 32768",
            "  hal0 slots edit chat --unset port --no-pinned"
        })
final class EditCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Mixin private SlotWords slot = new SlotWords();

    @Option(
            names = "--unset",
            paramLabel = "KEY",
            description =
                    "A key to take away, as the file has it: port, context_size, env.NAME; may be repeated.")
    private List<String> unset = List.of();

    EditCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        SlotsHere slots = SlotsHere.open(console, home);
        String name = slot.name();
        slots.requireFile(name);
        Map<String, @Nullable Object> keys = slot.keys();
        unset.forEach(key -> keys.put(path(key), null));
        if (keys.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "there is nothing to change: name an option, such as --ctx-size 16384");
        }
        SlotsHere.told(() -> {
            slots.edits().change(name, keys, Origin.FILES);
            return true;
        });
        console.err().println("Changed %s: %s".formatted(name, slots.edits().file(name)));
        slots.written(name);
        return ExitCode.DONE;
    }

    /// With its table, where it is left out.
    private static String path(String key) {
        List<String> known = SlotEdits.KEYS;
        for (String path : known) {
            if (path.equals(key) || path.substring(path.indexOf('.') + 1).equals(key)) {
                return path;
            }
        }
        if (key.startsWith("env.") || key.startsWith("server.env.")) {
            return key.startsWith("env.") ? "server." + key : key;
        }
        TreeSet<String> plain = new TreeSet<>();
        known.forEach(path -> plain.add(path.substring(path.indexOf('.') + 1)));
        throw new CommandException(
                ExitCode.USAGE,
                "a slot has no key \"%s\"%s".formatted(key, Nearest.hint(key, plain)));
    }
}
