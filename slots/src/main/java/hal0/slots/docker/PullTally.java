package hal0.slots.docker;

import com.github.dockerjava.api.model.PullResponseItem;
import com.github.dockerjava.api.model.ResponseItem.ProgressDetail;
import hal0.slots.runtime.PullProgress;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Adds up what an engine tells of the layers of an image that it fetches.
///
/// **Shape** the total grows as layers begin; a layer that is there counts whole. **Threads** one.
final class PullTally {
    private final String image;
    private final Map<String, Layer> layers = new HashMap<>();
    private @Nullable PullProgress last;

    private record Layer(long done, long total) {}

    PullTally(String image) {
        this.image = image;
    }

    /// The sum when it has changed, else null.
    @Nullable PullProgress add(PullResponseItem item) {
        String id = item.getId();
        String status = item.getStatus();
        if (id == null || status == null) {
            return null;
        }
        ProgressDetail detail = item.getProgressDetail();
        Layer known = layers.getOrDefault(id, new Layer(0, 0));
        switch (status) {
            case "Downloading" -> layers.put(id, downloading(detail, known));
            case "Verifying Checksum", "Download complete", "Extracting", "Pull complete" ->
                    layers.put(id, new Layer(known.total(), known.total()));
            default -> {
                return null;
            }
        }
        PullProgress sum =
                new PullProgress(
                        image,
                        layers.values().stream().mapToLong(Layer::done).sum(),
                        layers.values().stream().mapToLong(Layer::total).sum());
        if (sum.equals(last) || sum.total() == 0) {
            return null;
        }
        last = sum;
        return sum;
    }

    private static Layer downloading(@Nullable ProgressDetail detail, Layer known) {
        if (detail == null || detail.getCurrent() == null) {
            return known;
        }
        long done = Math.max(detail.getCurrent(), known.done());
        long total = detail.getTotal() == null ? 0 : detail.getTotal();
        return new Layer(done, Math.max(Math.max(total, known.total()), done));
    }
}
