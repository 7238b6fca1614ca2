package hal0.cli.slots;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// What `create` and `edit` are told of a slot: its name, its options, and after `--` the program
/// that it runs.
final class SlotWords {
    @Parameters(index = "0", paramLabel = "NAME", description = "The slot.")
    private String name = "";

    @Parameters(
            index = "1..*",
            paramLabel = "WORD",
            description = {
                "After --, for --runtime process: the program and its arguments.",
                "$${MODEL}, $${PORT}, $${CTX} and $${HOST} are filled in."
            })
    private @Nullable List<String> command;

    @Mixin private SlotOptions options = new SlotOptions();

    String name() {
        return name;
    }

    /// The keys that are given, as the slot's file has them.
    Map<String, @Nullable Object> keys() {
        Map<String, @Nullable Object> keys = options.keys();
        if (command != null) {
            keys.put("slot.command", List.copyOf(command));
        }
        return keys;
    }
}
