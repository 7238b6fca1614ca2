package hal0.cli.doctor;

import hal0.providers.ModelInfo;
import hal0.providers.error.ProviderException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What became of asking a provider for its models.
sealed interface Answer {
    /// A list came.
    record Listed(Duration took, @Nullable Instant date, List<ModelInfo> models)
            implements Answer {}

    /// It answered otherwise. `betterBase` is an address under which it does have a list.
    record Refused(int status, @Nullable Instant date, String message, @Nullable URI betterBase)
            implements Answer {}

    /// No answer: the exception says where it ended.
    record Unreached(ProviderException why) implements Answer {}

    /// Nobody was asked.
    record NotAsked(String why) implements Answer {}
}
