package hal0.cli.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What has to be done for a tool to ask the relay: variables set and taken away, arguments before
/// the user's own, files written, links to files that are there.
///
/// **Shape** the key stands in variables only: arguments and files are for others to read. A link's
/// value is what it leads to.
record Wiring(
        Map<String, String> set,
        List<String> unset,
        List<String> arguments,
        Map<Path, String> files,
        Map<Path, Path> links) {

    Wiring() {
        this(
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
    }

    Wiring set(String variable, String value) {
        set.put(variable, value);
        return this;
    }

    Wiring unset(String... variables) {
        unset.addAll(List.of(variables));
        return this;
    }

    Wiring arguments(String... more) {
        arguments.addAll(List.of(more));
        return this;
    }

    Wiring file(Path file, String content) {
        files.put(file, content);
        return this;
    }

    Wiring link(Path link, Path target) {
        links.put(link, target);
        return this;
    }

    @Override
    public String toString() {
        return "%s %s".formatted(set.keySet(), arguments);
    }
}
