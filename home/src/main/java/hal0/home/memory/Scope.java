package hal0.home.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which notes are meant.
///
/// **Shape** null and empty mean no limit: any bank, whatever tags. All of `tags` and of `metadata`
/// have to be there; `since` is when a note was last told at the earliest.
public record Scope(
        @Nullable String bank,
        List<String> tags,
        Map<String, String> metadata,
        @Nullable Instant since) {
    public static final Scope ALL = new Scope(null, List.of(), Map.of(), null);

    public Scope {
        tags = List.copyOf(tags);
        metadata = Map.copyOf(metadata);
    }

    /// All of one bank, or of all for null.
    public static Scope of(@Nullable String bank) {
        return new Scope(bank, List.of(), Map.of(), null);
    }

    /// The same within that bank.
    public Scope in(@Nullable String other) {
        return new Scope(other, tags, metadata, since);
    }

    boolean hasBankOnly() {
        return tags.isEmpty() && metadata.isEmpty() && since == null;
    }

    /// A condition of SQL on the table `memory_item`, with the values of its question marks.
    record Condition(String sql, List<Object> values) {}

    /// **Shape** tags are kept one a line; metadata as JSON in which a quote within a text always
    /// stands behind a backslash, so that a pair is found as it is written.
    Condition condition() {
        StringBuilder sql = new StringBuilder("1 = 1");
        List<Object> values = new ArrayList<>();
        if (bank != null) {
            sql.append(" AND memory_item.bank = ?");
            values.add(bank);
        }
        for (String tag : tags) {
            sql.append(" AND instr(char(10) || memory_item.tags || char(10), ?) > 0");
            values.add('\n' + tag + '\n');
        }
        metadata.forEach((key, value) -> {
            String object = MemoryLines.object(Map.of(key, value));
            sql.append(" AND instr(memory_item.metadata_json, ?) > 0");
            values.add(object.substring(1, object.length() - 1));
        });
        if (since != null) {
            sql.append(" AND memory_item.told_at_ms >= ?");
            values.add(since.toEpochMilli());
        }
        return new Condition(sql.toString(), values);
    }
}
