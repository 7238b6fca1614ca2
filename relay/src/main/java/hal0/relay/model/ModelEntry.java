package hal0.relay.model;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A model as the registry knows it, or a file of the store that it does not know.
///
/// **Shape** `id` is its id, and for a file without one its path in the store; `slots` are those
/// that are defined with it; `facts` is null where no file says any; `message` is what is wrong
/// with it, empty where nothing is. **Units** bytes, tokens; 0 is not known.
public record ModelEntry(
        String id,
        State state,
        @Nullable String path,
        @Nullable String ref,
        @Nullable String upstream,
        @Nullable String sha256,
        long sizeBytes,
        long contextLength,
        List<String> capabilities,
        @Nullable String profile,
        List<String> slots,
        @Nullable Facts facts,
        String message) {

    public ModelEntry {
        capabilities = List.copyOf(capabilities);
        slots = List.copyOf(slots);
    }

    /// Whether it can be served from here.
    public enum State {
        /// Its file is there.
        READY,
        /// Its file was there, or is said to be.
        MISSING,
        /// It is known where to pull it from.
        NOT_PULLED,
        /// A part of its file is there.
        PARTIAL,
        /// A provider or an image has it.
        ELSEWHERE,
        /// Its file is in the store, and no id is given to it.
        UNREGISTERED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What its file says of itself.
    ///
    /// **Units** `parameters` a count; memory in MiB, for `contextSize` tokens: with all layers on
    /// a GPU what that takes and what the machine does besides, and what the machine takes without
    /// one.
    public record Facts(
            @Nullable String architecture,
            @Nullable String name,
            @Nullable String quantization,
            long parameters,
            int layers,
            long heads,
            long keyHeads,
            long embeddingLength,
            int files,
            long contextSize,
            long gpuMb,
            long gpuHostMb,
            long cpuMb) {}
}
