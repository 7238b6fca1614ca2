package hal0.slots.model.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hal0.slots.testing.GgufWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufModelTest {
    private static final int F32 = 0;

    @TempDir Path folder;

    @Test
    void partsAreSummedWhicheverIsNamed() throws Exception {
        writeParts();
        GgufModel first = GgufModel.read(folder.resolve("big-00001-of-00002.gguf"));
        GgufModel second = GgufModel.read(folder.resolve("big-00002-of-00002.gguf"));
        assertThat(first).isEqualTo(second);
        assertThat(first.header().architecture()).isEqualTo("llama");
        assertThat(first.files())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("big-00001-of-00002.gguf", "big-00002-of-00002.gguf");
        assertThat(first.weights()).isEqualTo(new Weights(List.of(4000L, 8000L), 400, 0, 0));
        assertThat(first.parameters()).isEqualTo(3100);
        assertThat(first.sizeBytes())
                .isEqualTo(Files.size(first.files().get(0)) + Files.size(first.files().get(1)));
    }

    @Test
    void missingPartIsNamed() throws Exception {
        writeParts();
        Files.delete(folder.resolve("big-00002-of-00002.gguf"));
        assertThatThrownBy(() -> GgufModel.read(folder.resolve("big-00001-of-00002.gguf")))
                .hasMessageContaining("part 2 of 2 of a model is missing")
                .hasMessageContaining("big-00002-of-00002.gguf");
    }

    @Test
    void partUnderAnotherNameIsNoWholeModel() throws Exception {
        writeParts();
        Path renamed = folder.resolve("big.gguf");
        Files.move(folder.resolve("big-00001-of-00002.gguf"), renamed);
        assertThatThrownBy(() -> GgufModel.read(renamed))
                .hasMessageContaining("is one of 2 parts, which its name does not say");
    }

    private void writeParts() throws Exception {
        new GgufWriter()
                .pair("general.architecture", "llama")
                .pair("llama.block_count", 2)
                .pair("split.no", 0)
                .pair("split.count", 2)
                .tensor("token_embd.weight", F32, 100)
                .tensor("blk.0.attn_q.weight", F32, 1000)
                .write(folder.resolve("big-00001-of-00002.gguf"));
        new GgufWriter()
                .pair("split.no", 1)
                .pair("split.count", 2)
                .tensor("blk.1.attn_q.weight", F32, 2000)
                .write(folder.resolve("big-00002-of-00002.gguf"));
    }

    @Test
    void capabilitiesComeFromTemplateAndPooling() throws Exception {
        assertThat(capabilities(GgufWriter.tiny("llama", "x"))).containsExactly("chat", "tools");
        assertThat(capabilities(new GgufWriter().pair("tokenizer.chat_template", "{{ messages }}")))
                .containsExactly("chat");
        assertThat(capabilities(named("bert").pair("bert.pooling_type", 1)))
                .containsExactly("embed");
        assertThat(capabilities(named("bert").pair("bert.pooling_type", 4)))
                .containsExactly("rerank");
        assertThat(capabilities(named("bert").pair("bert.attention.causal", false)))
                .containsExactly("embed");
        assertThat(capabilities(named("clip"))).isEmpty();
    }

    private static GgufWriter named(String architecture) {
        return new GgufWriter().pair("general.architecture", architecture);
    }

    private List<String> capabilities(GgufWriter model) throws Exception {
        return GgufModel.read(model.write(folder.resolve("one.gguf"))).capabilities();
    }

    /// Two layers with 2 heads of 8 + 8 numbers, 16 bits each: 128 bytes a token.
    @Test
    void cacheGrowsWithContextAndLayers() throws Exception {
        GgufModel model =
                GgufModel.read(GgufWriter.tiny("llama", "x").write(folder.resolve("m.gguf")));
        MemoryEstimate all = MemoryEstimate.of(model, 1000, -1);
        assertThat(all.gpuCache()).isEqualTo(128_000);
        assertThat(all.hostCache()).isZero();
        assertThat(all.gpuWeights()).isEqualTo(2 * 16_384 + 768);
        assertThat(all.hostWeights()).isEqualTo(768);
        MemoryEstimate none = MemoryEstimate.of(model, 1000, 0);
        assertThat(none.gpuBytes()).isZero();
        assertThat(none.hostCache()).isEqualTo(128_000);
        assertThat(none.hostWeights()).isEqualTo(model.weights().total());
        MemoryEstimate some = MemoryEstimate.of(model, 1000, 2);
        assertThat(some.gpuWeights()).isEqualTo(16_384 + 768);
        assertThat(some.gpuCache()).isEqualTo(64_000);
        assertThat(some.hostCache()).isEqualTo(64_000);
        assertThat(MemoryEstimate.of(model, 1000, 99)).isEqualTo(all);
    }

    @Test
    void tableOfWordsIsOnTheGpuTooWhereItServesAsOutput() throws Exception {
        GgufModel model =
                GgufModel.read(
                        named("gemma")
                                .pair("gemma.block_count", 1)
                                .tensor("token_embd.weight", F32, 1000)
                                .tensor("blk.0.x", F32, 10)
                                .write(folder.resolve("tied.gguf")));
        MemoryEstimate all = MemoryEstimate.of(model, 0, -1);
        assertThat(all.gpuWeights()).isEqualTo(4040);
        assertThat(all.hostWeights()).isEqualTo(4000);
        assertThat(MemoryEstimate.of(model, 0, 0).hostWeights()).isEqualTo(4040);
    }

    /// Llama 3.1 8B as Q4_K_M with 8192 tokens: llama.cpp reports 1024 MiB of cache.
    @Test
    void knownModelComesOut() throws Exception {
        GgufModel model =
                GgufModel.read(
                        named("llama")
                                .pair("llama.block_count", 32)
                                .pair("llama.embedding_length", 4096)
                                .pair("llama.feed_forward_length", 14_336)
                                .pair("llama.attention.head_count", 32)
                                .pair("llama.attention.head_count_kv", 8)
                                .pair("llama.vocab_size", 128_256)
                                .write(folder.resolve("llama.gguf")));
        MemoryEstimate estimate = MemoryEstimate.of(model, 8192, -1);
        assertThat(estimate.gpuCache()).isEqualTo(1024L << 20);
        assertThat(estimate.gpuMb()).isBetween(1024L + 600, 1024L + 900);
    }
}
