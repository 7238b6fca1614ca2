package hal0.slots.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Writes small GGUF files that say what a test needs of them.
///
/// **Shape** numbers are 32 bits wide unless they are Long; tensors are all zero.
public final class GgufWriter {
    private static final int F32 = 0;
    private static final int ALIGNMENT = 32;

    private final ByteArrayOutputStream pairs = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private int version = 3;
    private long pairCount;
    private long tensorCount;
    private long dataBytes;

    /// A model of two layers with a few thousand numbers.
    public static GgufWriter tiny(String architecture, String name) {
        return new GgufWriter()
                .pair("general.architecture", architecture)
                .pair("general.name", name)
                .pair("general.file_type", 15)
                .pair(architecture + ".context_length", 4096)
                .pair(architecture + ".block_count", 2)
                .pair(architecture + ".embedding_length", 64)
                .pair(architecture + ".feed_forward_length", 128)
                .pair(architecture + ".attention.head_count", 8)
                .pair(architecture + ".attention.head_count_kv", 2)
                .pair("tokenizer.ggml.tokens", List.of("<s>", "a", "b"))
                .pair("tokenizer.chat_template", "{% for tool in tools %}{{ tool }}{% endfor %}")
                .tensor("token_embd.weight", F32, 64, 3)
                .tensor("blk.0.attn_q.weight", F32, 64, 64)
                .tensor("blk.1.attn_q.weight", F32, 64, 64)
                .tensor("output.weight", F32, 64, 3);
    }

    public GgufWriter version(int number) {
        version = number;
        return this;
    }

    public GgufWriter pair(String key, String value) {
        text(pairs, key);
        number(pairs, 4, 8);
        text(pairs, value);
        pairCount++;
        return this;
    }

    public GgufWriter pair(String key, int value) {
        text(pairs, key);
        number(pairs, 4, 4);
        number(pairs, 4, value);
        pairCount++;
        return this;
    }

    public GgufWriter pair(String key, long value) {
        text(pairs, key);
        number(pairs, 4, 10);
        number(pairs, 8, value);
        pairCount++;
        return this;
    }

    public GgufWriter pair(String key, boolean value) {
        text(pairs, key);
        number(pairs, 4, 7);
        number(pairs, 1, value ? 1 : 0);
        pairCount++;
        return this;
    }

    /// A list of texts or of 32-bit numbers.
    public GgufWriter pair(String key, List<?> values) {
        text(pairs, key);
        number(pairs, 4, 9);
        boolean texts = values.stream().allMatch(value -> value instanceof String);
        number(pairs, 4, texts ? 8 : 5);
        number(pairs, 8, values.size());
        for (Object value : values) {
            if (value instanceof String text) {
                text(pairs, text);
            } else {
                number(pairs, 4, (Integer) value);
            }
        }
        pairCount++;
        return this;
    }

    /// A pair of any type with its bytes as they are.
    public GgufWriter raw(String key, int type, byte[] value) {
        text(pairs, key);
        number(pairs, 4, type);
        pairs.writeBytes(value);
        pairCount++;
        return this;
    }

    /// A tensor of any type; those with 4 bytes a number take their place in the data.
    public GgufWriter tensor(String name, int type, long... dimensions) {
        text(tensors, name);
        number(tensors, 4, dimensions.length);
        long values = 1;
        for (long dimension : dimensions) {
            number(tensors, 8, dimension);
            values *= dimension;
        }
        number(tensors, 4, type);
        number(tensors, 8, dataBytes);
        if (type == F32) {
            dataBytes += values * 4;
        }
        tensorCount++;
        return this;
    }

    /// Says that there are so many more pairs than there are.
    public GgufWriter claimPairs(long more) {
        pairCount += more;
        return this;
    }

    /// Says that there are so many more tensors than there are.
    public GgufWriter claimTensors(long more) {
        tensorCount += more;
        return this;
    }

    public byte[] bytes() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes("GGUF".getBytes(UTF_8));
        number(file, 4, version);
        number(file, 8, tensorCount);
        number(file, 8, pairCount);
        file.writeBytes(pairs.toByteArray());
        file.writeBytes(tensors.toByteArray());
        file.writeBytes(new byte[(ALIGNMENT - file.size() % ALIGNMENT) % ALIGNMENT]);
        file.writeBytes(new byte[(int) dataBytes]);
        return file.toByteArray();
    }

    public Path write(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        number(out, 8, bytes.length);
        out.writeBytes(bytes);
    }

    private static void number(ByteArrayOutputStream out, int width, long value) {
        byte[] bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        out.write(bytes, 0, width);
    }
}
