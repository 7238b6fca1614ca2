package hal0.cli.slots;

import hal0.cli.console.Console;
import hal0.cli.console.ExitCode;
import hal0.cli.console.HomeOptions;
import hal0.slots.definition.SlotEdits.Origin;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hal0 slots create NAME`: writes `slots/NAME.toml`.
@Command(
        name = "create",
        description = "Define a slot, in slots/NAME.toml; what is not given is left to defaults.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  hal0 slots create chat --model qwen3-4b --device gpu-cuda --ctx-size 16384",
            "  hal0 slots create embed --type embedding --model ~/models/bge-m3.gguf",
            "  hal0 slots create own --runtime process -- my-server --port '$${PORT}'"
        })
final class CreateCommand implements Callable<Integer> {
    private final Console console;
    private final HomeOptions home;

    @Mixin private SlotWords slot = new SlotWords();

    CreateCommand(Console console, HomeOptions home) {
        this.console = console;
        this.home = home;
    }

    @Override
    public Integer call() throws IOException {
        SlotsHere slots = SlotsHere.open(console, home);
        String name = slot.name();
        SlotsHere.told(() -> {
            slots.edits().create(name, slot.keys(), Origin.FILES);
            return true;
        });
        console.err().println("Created %s: %s".formatted(name, slots.edits().file(name)));
        slots.written(name);
        return ExitCode.DONE;
    }
}
