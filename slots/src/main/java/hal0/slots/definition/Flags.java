package hal0.slots.definition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What is known of flags on the command lines of model servers: which mean the same, which may be
/// given more than once, and which have no value.
///
/// **Shape** a flag of which nothing is known counts as one that is given once and that takes the
/// next word as its value, unless that begins with a dash. **Source** tools/server/README.md of
/// github.com/ggml-org/llama.cpp and docs/configuration/engine_args.md of
/// github.com/vllm-project/vllm, read 2026-11-21.
final class Flags {
    static final String MODEL = "--model";
    static final String CONTEXT = "--ctx-size";
    static final String MAX_MODEL_LENGTH = "--max-model-len";
    static final String GPU_LAYERS = "--n-gpu-layers";
    static final String ALIAS = "--alias";
    static final String SERVED_NAME = "--served-model-name";

    private static final List<List<String>> SAME =
            List.of(
                    List.of(MODEL, "-m"),
                    List.of(CONTEXT, "-c"),
                    List.of(GPU_LAYERS, "-ngl", "--gpu-layers"),
                    List.of(ALIAS, "-a"),
                    List.of("--threads", "-t"),
                    List.of("--threads-batch", "-tb"),
                    List.of("--batch-size", "-b"),
                    List.of("--ubatch-size", "-ub"),
                    List.of("--n-predict", "-n", "--predict"),
                    List.of("--parallel", "-np"),
                    List.of("--flash-attn", "-fa"),
                    List.of("--cache-type-k", "-ctk"),
                    List.of("--cache-type-v", "-ctv"),
                    List.of("--main-gpu", "-mg"),
                    List.of("--split-mode", "-sm"),
                    List.of("--tensor-split", "-ts"),
                    List.of("--device", "-dev"),
                    List.of("--override-tensor", "-ot"),
                    List.of("--n-cpu-moe", "-ncmoe"),
                    List.of("--cpu-moe", "-cmoe"),
                    List.of("--cont-batching", "-cb", "-nocb"),
                    List.of("--kv-offload", "-kvo", "-nkvo"),
                    List.of("--mmproj", "-mm"),
                    List.of("--model-draft", "-md", "--spec-draft-model"),
                    List.of("--hf-repo", "-hf", "-hfr"),
                    List.of("--hf-file", "-hff"),
                    List.of("--embeddings", "--embedding"),
                    List.of("--reranking", "--rerank"),
                    List.of("--seed", "-s"),
                    List.of("--temperature", "--temp"),
                    List.of("--logit-bias", "-l"),
                    List.of("--escape", "-e"),
                    List.of("--verbose", "-v", "--log-verbose"),
                    List.of("--verbosity", "-lv", "--log-verbosity"),
                    List.of("--tensor-parallel-size", "-tp"),
                    List.of("--pipeline-parallel-size", "-pp"),
                    List.of("--data-parallel-size", "-dp"),
                    List.of("--quantization", "-q"));

    private static final Map<String, String> CANONICAL = canonical();

    private static final Set<String> REPEATED =
            Set.of(
                    "--lora",
                    "--lora-scaled",
                    "--lora-modules",
                    "--control-vector",
                    "--control-vector-scaled",
                    "--override-kv",
                    "--override-tensor",
                    "--logit-bias",
                    "--dry-sequence-breaker",
                    "--middleware");

    private static final Set<String> WITHOUT_VALUE =
            Set.of(
                    "--embeddings",
                    "--reranking",
                    "--jinja",
                    "--metrics",
                    "--props",
                    "--slots",
                    "--webui",
                    "--cont-batching",
                    "--kv-offload",
                    "--cpu-moe",
                    "--mlock",
                    "--mmap",
                    "--verbose",
                    "--offline",
                    "--escape",
                    "--perf",
                    "--swa-full",
                    "--ignore-eos",
                    "--check-tensors",
                    "--special",
                    "--warmup",
                    "--context-shift",
                    "--log-disable",
                    "--convert",
                    "--trust-remote-code",
                    "--enforce-eager");

    /// Flags that begin like a denial and are none: `--no-host` is not the other of `--host`.
    private static final Set<String> NO_DENIAL = Set.of("--no-host");

    private static final Pattern NUMBER = Pattern.compile("-\\.?\\d.*");

    private Flags() {}

    private static Map<String, String> canonical() {
        Map<String, String> canonical = new HashMap<>();
        for (List<String> same : SAME) {
            same.forEach(flag -> canonical.put(flag, same.getFirst()));
        }
        return Map.copyOf(canonical);
    }

    /// Whether a word is a flag rather than a value: `-1` is none.
    static boolean isFlag(String word) {
        return word.length() > 1
                && word.startsWith("-")
                && !word.equals("--")
                && !NUMBER.matcher(word).matches();
    }

    /// One name for all the ways to write a flag, without the value that may follow a `=`; what
    /// denies a flag has the name of that.
    static String name(String word) {
        int end = word.indexOf('=');
        String flag = end < 0 ? word : word.substring(0, end);
        boolean denial = flag.startsWith("--no-") && !NO_DENIAL.contains(flag);
        String plain = denial ? "--" + flag.substring("--no-".length()) : flag;
        return CANONICAL.getOrDefault(plain, plain);
    }

    static boolean mayRepeat(String name) {
        return REPEATED.contains(name);
    }

    /// How many of the next words are its values, at most.
    static int values(String word) {
        if (word.indexOf('=') > 0 || word.startsWith("--no-")) {
            return 0;
        }
        String name = name(word);
        if (WITHOUT_VALUE.contains(name) || name.startsWith("--enable-")) {
            return 0;
        }
        return name.equals("--control-vector-layer-range") ? 2 : 1;
    }
}
