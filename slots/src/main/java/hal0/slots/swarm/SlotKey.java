package hal0.slots.swarm;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.AtomicFile;
import hal0.home.IoReason;
import hal0.providers.Secret;
import hal0.slots.definition.Launch;
import hal0.slots.error.SlotException;
import hal0.slots.error.SlotProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The key of a slot that is reached over a network, and how its server gets it.
///
/// **Shape** it is made when a service is made, and lives in a file for this user only and in a
/// secret of the Swarm, which mounts it into the container and shows it to nobody. **Source**
/// llama-server reads keys from `--api-key-file` (ggml-org/llama.cpp, tools/server/README.md), vLLM
/// from VLLM_API_KEY (vllm-project/vllm, vllm/envs.py), both read 2026-11-21.
final class SlotKey {
    /// Where Swarm shows the secret, under the name `FILE`.
    static final String FILE = "hal0-slot-key";

    /// Of vLLM, which knows no file.
    static final String VARIABLE = "VLLM_API_KEY";

    private static final String INSIDE = "/run/secrets/" + FILE;
    private static final int BYTES = 32;

    private final Path state;

    SlotKey(Path state) {
        this.state = state;
    }

    /// How a server can be told its key.
    enum Way {
        /// By a file that a flag names.
        FLAG,
        /// By a variable, which whoever may ask the engine can see.
        VARIABLE,
        /// Not at all: whoever reaches the node can use the slot.
        NONE
    }

    static Way way(Launch launch) {
        String image = String.valueOf(launch.image()).toLowerCase(Locale.ROOT);
        if (image.contains("vllm")) {
            return Way.VARIABLE;
        }
        return switch (launch.type()) {
            case LLM, EMBEDDING, RERANKING -> Way.FLAG;
            case TRANSCRIPTION, TTS, IMAGE -> Way.NONE;
        };
    }

    static String flag() {
        return "--api-key-file";
    }

    static String inside() {
        return INSIDE;
    }

    /// A key of one's own would have to be known here, and would be seen in the list of processes.
    static void refuseOthers(Launch launch) {
        for (String word : launch.argv()) {
            if (word.equals("--api-key")
                    || word.startsWith("--api-key=")
                    || word.startsWith(flag())) {
                throw SlotException.of(
                        SlotProblem.CONFIG_ERROR,
                        "slot %s: hal0 makes the key of a slot on a Swarm itself: leave out %s"
                                .formatted(launch.slot(), word.replaceAll("=.*", "")));
            }
        }
    }

    private Path file(String slot) {
        return state.resolve(slot).resolve("swarm-key");
    }

    /// The key as it was kept, null without one.
    @Nullable Secret read(String slot) {
        try {
            Path file = file(slot);
            String text = Files.exists(file) ? Files.readString(file).strip() : "";
            return text.isEmpty() ? null : new Secret(text);
        } catch (IOException e) {
            throw failed(slot, e);
        }
    }

    Secret make(String slot) {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        String text = HexFormat.of().formatHex(bytes);
        try {
            AtomicFile.writePrivate(file(slot), text.getBytes(UTF_8));
        } catch (IOException e) {
            throw failed(slot, e);
        }
        return new Secret(text);
    }

    void forget(String slot) {
        try {
            Files.deleteIfExists(file(slot));
        } catch (IOException e) {
            throw failed(slot, e);
        }
    }

    private SlotException failed(String slot, IOException e) {
        return SlotException.of(
                SlotProblem.LOAD_FAILED,
                "slot %s: its key cannot be kept in %s: %s"
                        .formatted(slot, file(slot), IoReason.of(e)),
                e);
    }
}
