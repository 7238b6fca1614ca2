package hal0.slots.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import hal0.slots.testing.GgufWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GgufReaderTest {
    @TempDir Path folder;

    @Test
    void headSaysWhatTheModelIs() throws Exception {
        GgufHeader header = read(GgufWriter.tiny("llama", "Tiny").bytes());
        assertThat(header)
                .returns(3, GgufHeader::version)
                .returns("llama", GgufHeader::architecture)
                .returns("Tiny", GgufHeader::name)
                .returns("Q4_K_M", GgufHeader::quantization)
                .returns(4096L, GgufHeader::contextLength)
                .returns(2, GgufHeader::layers)
                .returns(64L, GgufHeader::embeddingLength)
                .returns(128L, GgufHeader::feedForwardLength)
                .returns(8L, GgufHeader::heads)
                .returns(List.of(2L, 2L), GgufHeader::keyHeads)
                .returns(8L, GgufHeader::keyLength)
                .returns(8L, GgufHeader::valueLength)
                .returns(3L, GgufHeader::vocabulary)
                .returns(2L * 64 * 3 + 2L * 64 * 64, GgufHeader::parameters)
                .returns(1, GgufHeader::parts);
        assertThat(header.weights()).isEqualTo(new Weights(List.of(16_384L, 16_384L), 768, 768, 0));
    }

    /// The pairs of `ggml-vocab-phi-3.gguf` of llama.cpp: a vocabulary without weights.
    @Test
    void fileWithoutWeightsIsReadToo() throws Exception {
        GgufHeader header =
                read(
                        new GgufWriter()
                                .pair("general.architecture", "phi3")
                                .pair("general.name", "Phi3")
                                .pair("phi3.context_length", 4096)
                                .pair("phi3.rope.scaling.original_context_length", 4096)
                                .pair("phi3.embedding_length", 3072)
                                .pair("phi3.feed_forward_length", 8192)
                                .pair("phi3.block_count", 32)
                                .pair("phi3.attention.head_count", 32)
                                .pair("phi3.attention.head_count_kv", 32)
                                .pair("general.file_type", 1)
                                .pair("tokenizer.ggml.tokens", List.of("<unk>", "<s>", "</s>"))
                                .bytes());
        assertThat(header)
                .returns("F16", GgufHeader::quantization)
                .returns(0L, GgufHeader::parameters)
                .returns(96L, GgufHeader::keyLength);
    }

    @Test
    void layersMayDifferInTheirHeads() throws Exception {
        GgufHeader header =
                read(
                        new GgufWriter()
                                .pair("general.architecture", "hybrid")
                                .pair("hybrid.block_count", 3)
                                .pair("hybrid.attention.head_count", 16)
                                .pair("hybrid.attention.head_count_kv", List.of(8, 0, 4))
                                .pair("hybrid.attention.key_length", 128)
                                .pair("hybrid.attention.value_length", 64)
                                .bytes());
        assertThat(header.keyHeads()).containsExactly(8L, 0L, 4L);
        assertThat(header.keyLength()).isEqualTo(128);
        assertThat(header.valueLength()).isEqualTo(64);
    }

    @Test
    void olderVersionAndWideNumbersAreRead() throws Exception {
        GgufHeader header =
                read(
                        new GgufWriter()
                                .version(2)
                                .pair("general.architecture", "llama")
                                .pair("llama.context_length", 131_072L)
                                .bytes());
        assertThat(header.contextLength()).isEqualTo(131_072);
    }

    @Test
    void quantizationIsThatOfMostBytesWhereTheFileDoesNotSay() throws Exception {
        byte[] bytes =
                new GgufWriter()
                        .pair("general.architecture", "x")
                        .tensor("blk.0.a", 8, 32, 10)
                        .tensor("blk.0.b", 1, 32)
                        .bytes();
        assertThat(read(Arrays.copyOf(bytes, bytes.length + 1000)).quantization())
                .isEqualTo("Q8_0");
    }

    @Test
    void newerKindOfNumberIsCountedRoughly() throws Exception {
        byte[] bytes = new GgufWriter().tensor("blk.0.a", 77, 1000).bytes();
        GgufHeader header = read(bytes);
        assertThat(header.weights().total()).isEqualTo(1000);
        assertThat(header.parameters()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1          | has version 1 of GGUF, which nobody reads any more
                    4          | has version 4 of GGUF, and this hal0 knows up to 3; update hal0
                    0x03000000 | is for machines of the other byte order
                    """)
    void otherVersionsAreToldApart(String version, String message) {
        assertUnreadable(new GgufWriter().version(Integer.decode(version)).bytes(), "", message);
    }

    @Test
    void otherFilesAreNoModels() {
        assertUnreadable("<!doctype html>".getBytes(), "", "it does not begin with GGUF");
        assertUnreadable(new byte[0], "", "it does not begin with GGUF");
        assertUnreadable("GGUF".getBytes(), "cut short: at byte 4", "");
    }

    /// Whatever is missing from its end, it is said, and never another kind of failure.
    @Test
    void fileCutAnywhereIsSaidToBeCut() {
        byte[] whole = GgufWriter.tiny("llama", "Tiny").bytes();
        for (int length = 4; length < whole.length; length += length < 1000 ? 7 : 997) {
            assertUnreadable(Arrays.copyOf(whole, length), "cut short", "");
        }
        assertUnreadable(Arrays.copyOf(whole, whole.length - 1), "is cut short", "fetch it again");
    }

    @Test
    void countsThatNoFileHasAreRefusedBeforeAnythingIsKept() {
        assertUnreadable(new GgufWriter().claimPairs(1L << 40).bytes(), "pairs", "at byte 16");
        assertUnreadable(new GgufWriter().claimTensors(1L << 62).bytes(), "tensors", "at byte 8");
        assertUnreadable(new GgufWriter().claimTensors(-1).bytes(), "tensors", "at byte 8");
        assertUnreadable(
                new GgufWriter().tensor("a", 0, 1L << 40, 1L << 40).bytes(), "2^63", "at byte 24");
        assertUnreadable(new GgufWriter().tensor("a", 99, new long[9]).bytes(), "9 dimensions", "");
        assertUnreadable(new GgufWriter().raw("x", 200, new byte[0]).bytes(), "type 200", "");
        assertUnreadable(new GgufWriter().pair("general.alignment", 0).bytes(), "alignment", "");
    }

    @Test
    void lengthsThatNoFileHasTakeNeitherMemoryNorTime() {
        ByteBuffer huge = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
        huge.putInt(10).putLong(Long.MAX_VALUE);
        assertUnreadable(new GgufWriter().raw("x", 9, huge.array()).bytes(), "a list of", "");
        huge.clear().putInt(0).putLong(1L << 50);
        assertUnreadable(new GgufWriter().raw("x", 9, huge.array()).bytes(), "cut short", "");
        huge.clear().putLong(Long.MAX_VALUE);
        assertUnreadable(new GgufWriter().raw("x", 8, huge.array()).bytes(), "cut short", "");
        huge.clear().putLong(-5);
        assertUnreadable(new GgufWriter().raw("x", 8, huge.array()).bytes(), "a length of", "");
        ByteBuffer nested = ByteBuffer.allocate(12 * 20).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < 20; i++) {
            nested.putInt(9).putLong(1);
        }
        assertUnreadable(new GgufWriter().raw("x", 9, nested.array()).bytes(), "8 deep", "");
    }

    /// A hole of 4 GB that takes no room on the disk, told to be empty words.
    @Test
    void endlessListOfNothingIsGivenUp() throws Exception {
        Path file = folder.resolve("hole.gguf");
        ByteBuffer list = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        list.putInt(8).putLong(100_000_000);
        Files.write(file, new GgufWriter().raw("x", 9, list.array()).bytes());
        try (RandomAccessFile grow = new RandomAccessFile(file.toFile(), "rw")) {
            grow.setLength(4L << 30);
        }
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> GgufReader.read(file))
                .withMessageContaining("a head of more than 134217728 bytes");
    }

    /// A thousand files with a few bytes changed: read, or refused by the one exception.
    @Test
    void noFileBreaksTheReader() throws Exception {
        byte[] sound = GgufWriter.tiny("llama", "Tiny").bytes();
        Random random = new Random(20_261_121);
        Path file = folder.resolve("damaged.gguf");
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            byte[] damaged = sound.clone();
            for (int n = 0; n <= random.nextInt(6); n++) {
                damaged[4 + random.nextInt(800)] = (byte) random.nextInt(256);
            }
            Files.write(file, damaged);
            refused += isRefused(file) ? 1 : 0;
        }
        assertThat(refused).isBetween(100, 995);
    }

    private static boolean isRefused(Path file) {
        try {
            GgufModel model = GgufModel.read(file);
            assertThat(MemoryEstimate.of(model, 1L << 31, -1).gpuCache()).isNotNegative();
            return false;
        } catch (ModelException e) {
            assertThat(e.problem()).isEqualTo(ModelProblem.UNREADABLE);
            return true;
        }
    }

    @Test
    void vocabularyOfALargeModelIsPassedOver() throws Exception {
        List<String> words = IntStream.range(0, 250_000).mapToObj(i -> "w" + i).toList();
        byte[] bytes = GgufWriter.tiny("llama", "Large").pair("words", words).bytes();
        assertThat(read(bytes).name()).isEqualTo("Large");
    }

    private GgufHeader read(byte[] bytes) throws IOException {
        return GgufReader.read(Files.write(folder.resolve("model.gguf"), bytes));
    }

    private void assertUnreadable(byte[] bytes, String one, String other) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOfSatisfying(
                        ModelException.class,
                        e -> assertThat(e.problem()).isEqualTo(ModelProblem.UNREADABLE))
                .hasMessageContaining("model.gguf")
                .hasMessageContaining(one)
                .hasMessageContaining(other);
    }
}
