package hal0.slots.model.gguf;

import java.util.ArrayList;
import java.util.List;

/// What the tensors of a model take.
///
/// **Shape** `layers` by the number of the layer; `input` is the table of words, `output` what
/// follows the last layer; `other` belongs to none of them. **Units** bytes.
public record Weights(List<Long> layers, long input, long output, long other) {
    public static final Weights NONE = new Weights(List.of(), 0, 0, 0);

    public Weights {
        layers = List.copyOf(layers);
    }

    public long total() {
        return layers.stream().mapToLong(Long::longValue).sum() + input + output + other;
    }

    /// Those of two files of one model.
    Weights plus(Weights more) {
        List<Long> sums = new ArrayList<>(layers);
        for (int i = 0; i < more.layers.size(); i++) {
            long bytes = more.layers.get(i);
            if (i < sums.size()) {
                sums.set(i, sums.get(i) + bytes);
            } else {
                sums.add(bytes);
            }
        }
        return new Weights(sums, input + more.input, output + more.output, other + more.other);
    }
}
