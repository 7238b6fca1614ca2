package hal0.slots.model.gguf;

/// What a model is going to take while it is loaded: in the memory of a GPU and in that of the
/// machine.
///
/// **Shape** of `L` layers and what follows the last one, the last `n` of these `L + 1` are on the
/// GPU, where `n` is the slot's `n_gpu_layers`, -1 for all. Each side has
/// - *weights*: the tensors of its layers; the table of words stays in the machine's memory, and is
///   there twice, on the GPU too, where a model has no `output` tensor and its words serve as one;
/// - *cache*: `context × heads × (key length + value length) × 2` bytes for each of its layers:
///   keys and values as 16-bit numbers, nothing saved for layers that look back less far;
/// - *work*: `512 × (words + 8 × the larger of embedding and feed-forward length) × 4` bytes, one
///   batch of 512 tokens with the scores of all words and what a layer makes of it, on the side
///   that computes; and 300 MiB for the driver's and the libraries' own on a GPU, 100 MiB without.
///
/// It is a first guess, good to some tenths; what was measured at a load is better. **Units**
/// bytes. **Source** `n_gpu_layers` and the place of each tensor: `load_tensors` in
/// `src/llama-model.cpp`, 16-bit keys and values and batches of 512: `common/common.h`, both of
/// ggml-org/llama.cpp, read 2026-11-21.
public record MemoryEstimate(
        long gpuWeights,
        long gpuCache,
        long gpuWork,
        long hostWeights,
        long hostCache,
        long hostWork) {
    private static final long MIB = 1024L * 1024;
    private static final long BATCH = 512;
    private static final long NUMBER = 2;
    private static final long WIDE_NUMBER = 4;
    private static final long GPU_OWN = 300 * MIB;
    private static final long HOST_OWN = 100 * MIB;

    /// For so many tokens of context; `gpuLayers` is -1 for all, and 0 where there is no GPU.
    public static MemoryEstimate of(GgufModel model, long context, int gpuLayers) {
        Weights weights = model.weights();
        int layers = Math.max(model.header().layers(), weights.layers().size());
        int onGpu = gpuLayers < 0 ? layers + 1 : Math.min(gpuLayers, layers + 1);
        int first = layers + 1 - onGpu;
        long gpuWeights = 0;
        long hostWeights = weights.input() + weights.other();
        for (int i = 0; i < weights.layers().size(); i++) {
            if (i >= first) {
                gpuWeights += weights.layers().get(i);
            } else {
                hostWeights += weights.layers().get(i);
            }
        }
        long last = weights.output() > 0 ? weights.output() : weights.input();
        if (onGpu > 0) {
            gpuWeights += last;
        } else {
            hostWeights += weights.output();
        }
        long gpuCache = cache(model.header(), context, first, layers);
        long work = work(model.header());
        return new MemoryEstimate(
                gpuWeights,
                gpuCache,
                onGpu > 0 ? work + GPU_OWN : 0,
                hostWeights,
                cache(model.header(), context, 0, first),
                onGpu > 0 ? HOST_OWN : work + HOST_OWN);
    }

    /// Of the layers from `first` to before `end`.
    private static long cache(GgufHeader header, long context, int first, int end) {
        long ofHead = header.keyLength() + header.valueLength();
        // A file may say anything: this ends at the largest number instead of below zero.
        double numbers = 0;
        for (int i = first; i < Math.min(end, header.keyHeads().size()); i++) {
            numbers += (double) header.keyHeads().get(i) * ofHead;
        }
        return (long) (numbers * context * NUMBER);
    }

    private static long work(GgufHeader header) {
        long widest = Math.max(header.embeddingLength(), header.feedForwardLength());
        return BATCH * (header.vocabulary() + 8 * widest) * WIDE_NUMBER;
    }

    /// What the GPU needs.
    public long gpuBytes() {
        return gpuWeights + gpuCache + gpuWork;
    }

    /// What the machine needs.
    public long hostBytes() {
        return hostWeights + hostCache + hostWork;
    }

    /// What the GPU needs, in MiB, rounded up.
    public long gpuMb() {
        return Math.ceilDiv(gpuBytes(), MIB);
    }

    /// What the machine needs, in MiB, rounded up.
    public long hostMb() {
        return Math.ceilDiv(hostBytes(), MIB);
    }
}
