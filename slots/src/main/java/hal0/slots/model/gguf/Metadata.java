package hal0.slots.model.gguf;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The pairs of a head that say what a model is; all others are passed over.
///
/// **Shape** numbers are whole; one that stands for each layer is a list. **Source** section
/// "Standardized key-value pairs" of docs/gguf.md in ggml-org/ggml, and `split.*` as written by
/// llama.cpp's `gguf-split`, read 2026-11-21. **Threads** one.
final class Metadata {
    /// Those of an architecture, without its name in front.
    private static final Set<String> OF_ARCHITECTURES =
            Set.of(
                    "context_length",
                    "embedding_length",
                    "block_count",
                    "feed_forward_length",
                    "expert_count",
                    "expert_used_count",
                    "vocab_size",
                    "attention.head_count",
                    "attention.head_count_kv",
                    "attention.key_length",
                    "attention.value_length",
                    "attention.causal",
                    "pooling_type");

    private static final Set<String> OF_ALL =
            Set.of(
                    "general.architecture",
                    "general.name",
                    "general.type",
                    "general.size_label",
                    "general.file_type",
                    "general.alignment",
                    "split.no",
                    "split.count",
                    "tokenizer.ggml.tokens",
                    "tokenizer.chat_template");

    /// A file that has more of these than real ones do wants to take memory.
    private static final int MOST = 256;

    private final Map<String, Object> values = new HashMap<>();

    /// Whether that pair is worth keeping.
    boolean wants(String key) {
        int dot = key.indexOf('.');
        return values.size() < MOST
                && (OF_ALL.contains(key)
                        || (dot > 0 && OF_ARCHITECTURES.contains(key.substring(dot + 1))));
    }

    void put(String key, Object value) {
        values.put(key, value);
    }

    @Nullable String text(String key) {
        return values.get(key) instanceof String text ? text : null;
    }

    @Nullable Long number(String key) {
        return values.get(key) instanceof Long number ? number : null;
    }

    boolean isFalse(String key) {
        return Boolean.FALSE.equals(values.get(key));
    }

    /// One number for each of `layers`, from a list or from one for all.
    List<Long> each(String key, int layers, long otherwise) {
        return switch (values.get(key)) {
            case List<?> list when list.size() == layers ->
                    list.stream()
                            .map(item -> item instanceof Long number ? number : otherwise)
                            .toList();
            case Long number -> Collections.nCopies(layers, number);
            case null, default -> Collections.nCopies(layers, otherwise);
        };
    }
}
