package hal0.relay.control;

import hal0.slots.definition.Launch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What loading a slot comes to now, and whether what runs was started in another way.
///
/// **Shape** `variables` are the names of its environment only: a value may be a secret;
/// `runningFingerprint` is null when nothing runs.
public record SlotLaunch(
        String slot,
        String runtime,
        @Nullable String image,
        int port,
        @Nullable String model,
        List<Word> words,
        List<String> variables,
        String fingerprint,
        @Nullable String runningFingerprint) {

    public SlotLaunch {
        words = List.copyOf(words);
        variables = List.copyOf(variables);
    }

    /// One word of the command line, who put it there (`profile`), and where that is written, empty
    /// for what hal0 brings itself.
    public record Word(String text, String source, String place) {}

    /// Whether what runs would be started in another way now.
    public boolean differs() {
        return runningFingerprint != null && !runningFingerprint.equals(fingerprint);
    }

    /// `runningFingerprint` is null when nothing runs, or nobody can tell.
    public static SlotLaunch of(Launch launch, @Nullable String runningFingerprint) {
        return new SlotLaunch(
                launch.slot(),
                launch.runtime().word(),
                launch.image(),
                launch.port(),
                launch.model() == null ? null : launch.model().id(),
                launch.arguments().stream()
                        .map(a -> new Word(a.text(), a.source().word(), a.place()))
                        .toList(),
                launch.env().keySet().stream().sorted().toList(),
                launch.fingerprint(),
                runningFingerprint);
    }
}
