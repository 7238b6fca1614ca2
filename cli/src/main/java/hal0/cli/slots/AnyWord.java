package hal0.cli.slots;

import java.util.ArrayList;
import java.util.List;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// Takes a word for a server as it is, also one that is an option here too, such as `--port`.
final class AnyWord implements IParameterConsumer {
    @Override
    public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
        if (words.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "Missing required parameter: " + option.paramLabel());
        }
        @Nullable List<String> before = option.getValue();
        List<String> all = before == null ? new ArrayList<>() : new ArrayList<>(before);
        all.add(words.pop());
        option.setValue(all);
    }
}
