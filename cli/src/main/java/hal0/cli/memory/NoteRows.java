package hal0.cli.memory;

import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.home.memory.Memorized;
import hal0.home.memory.Memory.Hit;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Notes as rows of a listing.
final class NoteRows {
    private static final int SHOWN = 200;

    private NoteRows() {}

    static Listing forPrograms(List<Hit> hits, boolean scored) {
        String[] columns = {
            "id",
            "bank",
            "text",
            "tags",
            "metadata",
            "source",
            "created_at",
            "told_at",
            "used_at",
            "uses",
            "score"
        };
        Listing listing = new Listing(columns);
        for (Hit hit : hits) {
            Memorized item = hit.item();
            listing.row(
                    item.id(),
                    item.note().bank(),
                    item.note().text(),
                    item.note().tags(),
                    new TreeMap<>(item.note().metadata()),
                    item.note().source(),
                    item.createdAt().toString(),
                    item.toldAt().toString(),
                    text(item.usedAt()),
                    item.uses(),
                    scored ? Math.round(hit.score() * 1e4) / 1e4 : null);
        }
        return listing;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    static Listing forPeople(List<Hit> hits, ZoneId zone) {
        Listing listing = new Listing("id", "bank", "told", "tags", "text");
        for (Hit hit : hits) {
            Memorized item = hit.item();
            String text = item.note().text();
            listing.row(
                    item.id(),
                    item.note().bank(),
                    item.toldAt().atZone(zone).toLocalDate(),
                    item.note().tags().isEmpty() ? "-" : String.join(",", item.note().tags()),
                    new Cell(text, shortened(text)));
        }
        return listing;
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN - 1)) + '…';
    }
}
