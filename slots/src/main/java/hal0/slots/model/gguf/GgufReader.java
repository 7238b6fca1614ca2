package hal0.slots.model.gguf;

import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the head of one GGUF file.
///
/// **Source** `struct gguf_file_t` in docs/gguf.md of ggml-org/ggml, read 2026-11-21.
final class GgufReader {
    /// `GGUF` as a little-endian number.
    private static final long MAGIC = 0x4655_4747L;

    private static final int OLDEST = 2;
    private static final int NEWEST = 3;
    private static final long MOST_PAIRS = 65_536;
    private static final long MOST_TENSORS = 1 << 20;
    private static final long USUAL_ALIGNMENT = 32;
    private static final long LARGEST_ALIGNMENT = 1 << 20;
    private static final int MOST_LAYERS = 4096;

    /// No count of a real model comes near.
    private static final long LARGEST = 1L << 31;

    private final Path file;
    private final GgufBytes bytes;

    private GgufReader(Path file, GgufBytes bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /// **Errors** [ModelException] `UNREADABLE` that says what is wrong and where.
    static GgufHeader read(Path file) {
        try (GgufBytes bytes = GgufBytes.open(file)) {
            return new GgufReader(file, bytes).header();
        }
    }

    private GgufHeader header() {
        int version = version();
        long tensors = counted("tensors", MOST_TENSORS);
        long pairs = counted("pairs", MOST_PAIRS);
        Metadata metadata = MetadataReader.read(bytes, pairs);
        TensorReader read = TensorReader.read(bytes, tensors);
        checkEnd(metadata, read.end());
        return header(version, metadata, read);
    }

    private int version() {
        if (bytes.size() < 4 || bytes.u32() != MAGIC) {
            throw unreadable("is no GGUF file: it does not begin with GGUF");
        }
        long version = bytes.u32();
        if (Integer.reverseBytes((int) version) <= NEWEST && version > NEWEST) {
            throw unreadable("is for machines of the other byte order; get its little-endian form");
        }
        if (version > NEWEST) {
            throw unreadable(
                    "has version %d of GGUF, and this hal0 knows up to %d; update hal0"
                            .formatted(version, NEWEST));
        }
        if (version < OLDEST) {
            throw unreadable(
                    "has version %d of GGUF, which nobody reads any more; get a newer file of that model"
                            .formatted(version));
        }
        return (int) version;
    }

    private long counted(String what, long most) {
        long at = bytes.position();
        long count = bytes.count(what);
        if (count > most) {
            throw bytes.broken(at, "%d %s".formatted(count, what));
        }
        return count;
    }

    private void checkEnd(Metadata metadata, long dataBytes) {
        Long told = metadata.number("general.alignment");
        long alignment = told == null ? USUAL_ALIGNMENT : told;
        if (alignment < 1 || alignment > LARGEST_ALIGNMENT) {
            throw unreadable("is no sound GGUF file: its general.alignment is " + alignment);
        }
        long begin = Math.ceilDiv(bytes.position(), alignment) * alignment;
        if (dataBytes > 0 && dataBytes > bytes.size() - begin) {
            throw unreadable(
                    "is cut short: %d of %d bytes are there; fetch it again"
                            .formatted(bytes.size(), saturated(begin, dataBytes)));
        }
    }

    private static long saturated(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    private GgufHeader header(int version, Metadata metadata, TensorReader read) {
        String architecture = metadata.text("general.architecture");
        Facts facts = new Facts(architecture == null ? "" : architecture, metadata);
        int layers = Math.clamp(facts.number("block_count"), 0, MOST_LAYERS);
        long embedding = facts.number("embedding_length");
        List<Long> heads = facts.each("attention.head_count", layers, 0);
        long most = heads.stream().mapToLong(Long::longValue).max().orElse(0);
        long usual = most > 0 ? embedding / most : 0;
        return new GgufHeader(
                version,
                architecture,
                metadata.text("general.name"),
                metadata.text("general.type"),
                quantization(metadata, read),
                read.parameters(),
                facts.number("context_length"),
                layers,
                embedding,
                facts.each("feed_forward_length", layers, 0).stream()
                        .mapToLong(Long::longValue)
                        .max()
                        .orElse(0),
                most,
                facts.each("attention.head_count_kv", layers, most),
                facts.number("attention.key_length", usual),
                facts.number("attention.value_length", usual),
                vocabulary(metadata, facts),
                facts.number("expert_count"),
                metadata.text("tokenizer.chat_template"),
                facts.pooling(),
                part(metadata, "split.no", 0) + 1,
                part(metadata, "split.count", 1),
                bytes.size(),
                read.weights());
    }

    private static @Nullable String quantization(Metadata metadata, TensorReader read) {
        Long told = metadata.number("general.file_type");
        String name = told == null ? null : FileType.name(told);
        return name == null ? read.mostly() : name;
    }

    private static long vocabulary(Metadata metadata, Facts facts) {
        Long words = metadata.number("tokenizer.ggml.tokens");
        return words == null ? facts.number("vocab_size") : words;
    }

    private static int part(Metadata metadata, String key, int otherwise) {
        Long told = metadata.number(key);
        return told == null || told < otherwise ? otherwise : (int) Math.min(told, 65_535);
    }

    /// The pairs of the file's own architecture; what is not there, or negative, is 0.
    private record Facts(String architecture, Metadata metadata) {
        long number(String key) {
            return number(key, 0);
        }

        long number(String key, long otherwise) {
            Long number = metadata.number(architecture + "." + key);
            return number == null || number < 0 ? otherwise : Math.min(number, LARGEST);
        }

        List<Long> each(String key, int layers, long otherwise) {
            return metadata.each(architecture + "." + key, layers, otherwise).stream()
                    .map(number -> Math.clamp(number, 0, LARGEST))
                    .toList();
        }

        /// A model that looks at words in both directions writes no text, whatever else it says.
        @Nullable Long pooling() {
            Long told = metadata.number(architecture + ".pooling_type");
            return told == null && metadata.isFalse(architecture + ".attention.causal")
                    ? Long.valueOf(0)
                    : told;
        }
    }

    private ModelException unreadable(String why) {
        return ModelException.of(
                ModelProblem.UNREADABLE, "the model file %s %s".formatted(file, why));
    }
}
