package hal0.slots.lifecycle;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import hal0.home.AtomicFile;
import hal0.home.Home;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `state/slots/NAME/state.json`: the state of one slot for other processes and later ones.
///
/// **Shape** `{name,state,model_id,port,updated_at,message,extra}`, replaced as a whole. One that
/// is torn, foreign or of a later version counts as offline, with a note that says so. **Threads**
/// one writes, any reads.
public final class StateFile {
    private static final String NAME = "state.json";
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final int MAX_BYTES = 1024 * 1024;

    private final String slot;
    private final Path folder;

    /// The file of that slot under `state/slots` of a home.
    public StateFile(Path folder, String slot) {
        this.slot = slot;
        this.folder = folder.resolve(slot);
    }

    /// Where a slot's state, logs and pid are kept.
    public Path folder() {
        return folder;
    }

    Path file() {
        return folder.resolve(NAME);
    }

    /// What it says; offline when there is none.
    public SavedState read() {
        Path file = file();
        try {
            if (Files.size(file) > MAX_BYTES) {
                return unreadable("it is too large");
            }
            return parse(JSON.readValue(Files.readAllBytes(file), new TypeReference<>() {}));
        } catch (NoSuchFileException _) {
            return SavedState.offline(slot, Instant.EPOCH, "");
        } catch (JacksonException _) {
            return unreadable("it is not JSON");
        } catch (IOException e) {
            return unreadable(IoReason.of(e));
        } catch (IllegalArgumentException | DateTimeException e) {
            return unreadable(String.valueOf(e.getMessage()));
        }
    }

    private SavedState unreadable(String why) {
        return SavedState.offline(
                slot, Instant.EPOCH, "what %s said was lost: %s".formatted(file(), why));
    }

    private SavedState parse(@Nullable Map<String, Object> json) {
        if (json == null || !slot.equals(json.get("name"))) {
            throw new IllegalArgumentException("it is not this slot's");
        }
        if (!(json.get("state") instanceof String word)
                || !(json.get("updated_at") instanceof String at)) {
            throw new IllegalArgumentException("it has no state");
        }
        Map<String, Object> extra = new LinkedHashMap<>();
        if (json.get("extra") instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                if (key != null && value != null) {
                    extra.put(key.toString(), value);
                }
            });
        }
        return new SavedState(
                slot,
                StateName.valueOf(word.toUpperCase(Locale.ROOT)),
                json.get("model_id") instanceof String id ? id : null,
                json.get("port") instanceof Integer port ? port : null,
                Instant.parse(at),
                json.get("message") instanceof String text ? text : "",
                extra);
    }

    /// Replaces it, and returns when it would survive a loss of power.
    void write(SavedState state) throws IOException {
        AtomicFile.write(file(), bytes(state));
    }

    /// Replaces it without waiting for the disk: for what may be lost.
    void writeLazily(SavedState state) throws IOException {
        Home.createPrivate(folder);
        Path beside = folder.resolve("." + NAME + ".new");
        Files.write(beside, bytes(state));
        Files.move(beside, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static byte[] bytes(SavedState state) throws IOException {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", state.name());
        json.put("state", state.state().word());
        json.put("model_id", state.modelId());
        json.put("port", state.port());
        json.put("updated_at", state.updatedAt().toString());
        json.put("message", state.message());
        json.put("extra", state.extra());
        return JSON.writeValueAsBytes(json);
    }

    /// Forgets the slot: its folder goes with all that is in it.
    public void delete() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
