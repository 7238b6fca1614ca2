package hal0.home.memory;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What becomes of a note; null leaves as it is.
public record Revision(
        @Nullable String text,
        @Nullable List<String> tags,
        @Nullable Map<String, String> metadata,
        @Nullable String bank) {

    /// **Errors** [IllegalArgumentException] for what is no note, in words for whoever wrote it.
    Note of(Note old) {
        return new Note(
                bank == null ? old.bank() : bank,
                text == null ? old.text() : text,
                tags == null ? old.tags() : tags,
                metadata == null ? old.metadata() : metadata,
                old.source());
    }
}
