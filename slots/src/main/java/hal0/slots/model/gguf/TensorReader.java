package hal0.slots.model.gguf;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Sums up the tensors that a head lists, without keeping them.
///
/// **Source** `struct gguf_tensor_info_t` in docs/gguf.md of ggml-org/ggml; the names of tensors
/// (`token_embd`, `blk.N`, `output`) in `src/llama-arch.cpp` of ggml-org/llama.cpp, read
/// 2026-11-21.
final class TensorReader {
    private static final long LONGEST_NAME = 1024;
    private static final long MOST_DIMENSIONS = 8;
    private static final int MOST_LAYERS = 4096;
    private static final String LAYER = "blk.";

    private final GgufBytes bytes;
    private final List<Long> layers = new ArrayList<>();
    private final Map<TensorType, Long> byType = new EnumMap<>(TensorType.class);
    private long input;
    private long output;
    private long other;
    private long parameters;
    private long end;
    private boolean allKnown = true;

    private TensorReader(GgufBytes bytes) {
        this.bytes = bytes;
    }

    static TensorReader read(GgufBytes bytes, long tensors) {
        TensorReader reader = new TensorReader(bytes);
        for (long i = 0; i < tensors; i++) {
            long at = bytes.position();
            try {
                reader.tensor();
            } catch (ArithmeticException e) {
                throw bytes.broken(at, "a tensor of more than 2^63 bytes");
            }
        }
        return reader;
    }

    private void tensor() {
        String name = bytes.text(LONGEST_NAME, "a tensor's name");
        long at = bytes.position();
        long dimensions = bytes.u32();
        if (dimensions > MOST_DIMENSIONS) {
            throw bytes.broken(at, "a tensor of %d dimensions".formatted(dimensions));
        }
        long values = 1;
        for (long i = 0; i < dimensions; i++) {
            values = Math.multiplyExact(values, bytes.count("a dimension"));
        }
        TensorType type = TensorType.of(bytes.u32());
        long offset = bytes.count("an offset");
        // A kind of number that is newer than this program takes a byte or less, as most do.
        long size = type == null ? values : type.bytes(values);
        allKnown &= type != null;
        end = Math.max(end, Math.addExact(offset, size));
        parameters = Math.addExact(parameters, values);
        if (type != null) {
            byType.merge(type, size, Math::addExact);
        }
        add(name, size);
    }

    private void add(String name, long size) {
        int layer = layer(name);
        if (layer >= 0) {
            while (layers.size() <= layer) {
                layers.add(0L);
            }
            layers.set(layer, layers.get(layer) + size);
        } else if (name.startsWith("token_embd")) {
            input += size;
        } else if (name.startsWith("output")) {
            output += size;
        } else {
            other += size;
        }
    }

    /// -1 for what belongs to no layer.
    private static int layer(String name) {
        int layer = 0;
        int at = LAYER.length();
        if (!name.startsWith(LAYER)) {
            return -1;
        }
        while (at < name.length() && Character.digit(name.charAt(at), 10) >= 0) {
            layer = layer * 10 + Character.digit(name.charAt(at), 10);
            if (layer >= MOST_LAYERS) {
                return -1;
            }
            at++;
        }
        return at > LAYER.length() && at < name.length() && name.charAt(at) == '.' ? layer : -1;
    }

    Weights weights() {
        return new Weights(layers, input, output, other);
    }

    /// How many numbers the model has.
    long parameters() {
        return parameters;
    }

    /// Where the data ends, counted from its beginning; 0 where that cannot be told.
    long end() {
        return allKnown ? end : 0;
    }

    /// The type that most of the bytes are of; null without any.
    @Nullable String mostly() {
        return byType.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey().name())
                .orElse(null);
    }
}
