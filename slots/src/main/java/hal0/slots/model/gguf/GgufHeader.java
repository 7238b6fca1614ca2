package hal0.slots.model.gguf;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the head of one GGUF file says.
///
/// **Shape** null is what it does not say, as files for other things than language do; `keyHeads`
/// are the key and value heads of each layer; `part` and `parts` are 1 of 1 for a model in one
/// file. `chatTemplate` is its text; `pooling` is how a model that answers with vectors or ranks
/// makes one of many, 4 for ranks. **Units** bytes, tokens; `keyLength` and `valueLength` are
/// numbers of a head.
public record GgufHeader(
        int version,
        @Nullable String architecture,
        @Nullable String name,
        @Nullable String kind,
        @Nullable String quantization,
        long parameters,
        long contextLength,
        int layers,
        long embeddingLength,
        long feedForwardLength,
        long heads,
        List<Long> keyHeads,
        long keyLength,
        long valueLength,
        long vocabulary,
        long experts,
        @Nullable String chatTemplate,
        @Nullable Long pooling,
        int part,
        int parts,
        long fileBytes,
        Weights weights) {

    public GgufHeader {
        keyHeads = List.copyOf(keyHeads);
    }
}
