package hal0.cli.memory;

import hal0.home.memory.Age;
import hal0.home.memory.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options that leave out notes.
final class Narrowing {
    @Option(names = "--tag", paramLabel = "TAG", description = "Only with it; may be repeated.")
    private List<String> tags = List.of();

    @Option(
            names = "--meta",
            paramLabel = "KEY=VALUE",
            description = "Only with it; may be repeated.")
    private Map<String, String> metadata = Map.of();

    @Option(
            names = "--newer-than",
            paramLabel = "AGE",
            description = "Only what was last told since: 12h, 90d, 26w.")
    private @Nullable String age;

    Scope scope(@Nullable String bank) {
        return new Scope(bank, tags, metadata, since());
    }

    private @Nullable Instant since() {
        String text = age;
        return text == null ? null : MemoryHere.checked(() -> Instant.now().minus(Age.parse(text)));
    }
}
