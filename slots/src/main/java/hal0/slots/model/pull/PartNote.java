package hal0.slots.model.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.home.AtomicFile;
import hal0.home.IoReason;
import hal0.slots.error.ModelException;
import hal0.slots.error.ModelProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What is known of the file that a part is of, kept beside it so that a later process can go on.
///
/// **Shape** `reference` is what was pulled, without keys; `tag` the server's for this content,
/// `linked` Hugging Face's for the file itself; null is what nobody told. **Units** bytes, -1 where
/// nobody told.
public record PartNote(
        String reference,
        @Nullable String tag,
        @Nullable String linked,
        @Nullable String sha256,
        long size) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Where it is kept.
    public static Path beside(Path part) {
        return part.resolveSibling(part.getFileName() + ".json");
    }

    /// Null where there is none of use.
    public static @Nullable PartNote read(Path part) {
        try {
            JsonNode note = JSON.readTree(Files.readAllBytes(beside(part)));
            return new PartNote(
                    note.path("reference").asText(),
                    text(note, "tag"),
                    text(note, "linked"),
                    text(note, "sha256"),
                    note.path("size").asLong(-1));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            // A torn one says nothing: the part is fetched anew.
            return null;
        }
    }

    private static @Nullable String text(JsonNode note, String name) {
        String text = note.path(name).asText("");
        return text.isEmpty() ? null : text;
    }

    void write(Path part) {
        ObjectNode note = JSON.createObjectNode();
        note.put("reference", reference).put("tag", tag).put("linked", linked);
        note.put("sha256", sha256).put("size", size);
        try {
            AtomicFile.write(beside(part), JSON.writeValueAsBytes(note));
        } catch (IOException e) {
            throw ModelException.of(
                    ModelProblem.STORE,
                    "%s cannot be written: %s".formatted(beside(part), IoReason.of(e)),
                    e);
        }
    }

    /// Whether a part of `before` can be gone on from for this content: the checksum says so, or
    /// where there is none, the server's own word for it.
    boolean continues(@Nullable PartNote before) {
        if (before == null || (size >= 0 && before.size >= 0 && size != before.size)) {
            return false;
        }
        if (sha256 != null && before.sha256 != null) {
            return sha256.equals(before.sha256);
        }
        if (linked != null && before.linked != null) {
            return linked.equals(before.linked);
        }
        return tag != null && isStrong(tag) && tag.equals(before.tag);
    }

    /// What a range may depend on; null where the server gives nothing for it.
    @Nullable String condition() {
        return tag != null && isStrong(tag) ? tag : null;
    }

    private static boolean isStrong(String tag) {
        return tag.startsWith("\"");
    }
}
