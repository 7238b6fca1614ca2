package hal0.slots;

import hal0.slots.model.gguf.MemoryEstimate;
import java.nio.file.Path;
import java.util.Optional;

/// Estimates from a model's file what it is going to take.
///
/// **Shape** empty for files of which nothing can be told. **Threads** any; may read the file.
@FunctionalInterface
public interface Estimator {
    Optional<MemoryEstimate> of(Path file, long contextSize, int gpuLayers);
}
