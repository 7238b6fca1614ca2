package hal0.slots.model.gguf;

import hal0.slots.error.ModelException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the pairs of a head, of which most are passed over without being kept.
///
/// **Source** `enum gguf_metadata_value_type` and `struct gguf_metadata_kv_t` in docs/gguf.md of
/// ggml-org/ggml, read 2026-11-21.
final class MetadataReader {
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    /// The specification's own limit.
    private static final long LONGEST_KEY = 65_535;

    /// Chat templates of a few hundred KB exist.
    private static final long LONGEST_TEXT = 1024 * 1024;

    /// One number a layer is all that is wanted of lists.
    private static final long LONGEST_LIST = 4096;

    private static final int DEEPEST = 8;

    private final GgufBytes bytes;
    private final Metadata metadata = new Metadata();

    private MetadataReader(GgufBytes bytes) {
        this.bytes = bytes;
    }

    static Metadata read(GgufBytes bytes, long pairs) {
        MetadataReader reader = new MetadataReader(bytes);
        for (long i = 0; i < pairs; i++) {
            reader.pair();
        }
        return reader.metadata;
    }

    private void pair() {
        String key = bytes.text(LONGEST_KEY, "a key");
        long at = bytes.position();
        long type = bytes.u32();
        Object value = metadata.wants(key) ? kept(type, at) : skipped(type, at, 0);
        if (value != null) {
            metadata.put(key, value);
        }
    }

    private @Nullable Object kept(long type, long at) {
        return switch ((int) type) {
            case STRING -> text();
            case ARRAY -> list();
            default -> scalar(type, at);
        };
    }

    private @Nullable Object text() {
        long length = bytes.count("a length");
        if (length > LONGEST_TEXT) {
            bytes.skip(length);
            return null;
        }
        return bytes.textOf((int) length);
    }

    /// Of a list of words its length, of a short one of numbers the numbers.
    private @Nullable Object list() {
        long at = bytes.position();
        long type = bytes.u32();
        long count = bytes.count("a list");
        if (type == STRING || type == ARRAY || count > LONGEST_LIST) {
            skipItems(type, count, at, 1);
            return type == STRING ? count : null;
        }
        List<Object> items = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            items.add(scalar(type, at));
        }
        return List.copyOf(items);
    }

    private Object scalar(long type, long at) {
        return switch ((int) type) {
            case 0 -> (long) bytes.u8();
            case 1 -> (long) (byte) bytes.u8();
            case 2 -> (long) bytes.u16();
            case 3 -> (long) (short) bytes.u16();
            case 4 -> bytes.u32();
            case 5 -> (long) (int) bytes.u32();
            case 6 -> (double) Float.intBitsToFloat((int) bytes.u32());
            case 7 -> bytes.u8() != 0;
            case 10, 11 -> bytes.i64();
            case 12 -> Double.longBitsToDouble(bytes.i64());
            default -> throw unknown(type, at);
        };
    }

    private @Nullable Object skipped(long type, long at, int depth) {
        if (type == STRING) {
            bytes.skip(bytes.count("a length"));
        } else if (type == ARRAY) {
            if (depth == DEEPEST) {
                throw bytes.broken(at, "lists of lists more than %d deep".formatted(DEEPEST));
            }
            long of = bytes.u32();
            skipItems(of, bytes.count("a list"), at, depth + 1);
        } else {
            bytes.skip(size(type, at));
        }
        return null;
    }

    /// Every item takes at least a byte of the file, so that its length bounds the loop.
    private void skipItems(long type, long count, long at, int depth) {
        if (type != STRING && type != ARRAY) {
            long size = size(type, at);
            if (count > Long.MAX_VALUE / 16) {
                throw bytes.broken(at, "a list of %d".formatted(count));
            }
            bytes.skip(count * size);
            return;
        }
        for (long i = 0; i < count; i++) {
            var _ = skipped(type, at, depth);
        }
    }

    private long size(long type, long at) {
        return switch ((int) type) {
            case 0, 1, 7 -> 1;
            case 2, 3 -> 2;
            case 4, 5, 6 -> 4;
            case 10, 11, 12 -> 8;
            default -> throw unknown(type, at);
        };
    }

    private ModelException unknown(long type, long at) {
        return bytes.broken(at, "a value of the unknown type %d".formatted(type));
    }
}
