package hal0.home.activity;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.store.Database;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivityTest {
    private static final InstantSource NOON =
            InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

    @TempDir private Path folder;

    private static Deed added(String name) {
        return Deed.done("local", "upstream.add", name, null, "{\"name\":\"" + name + "\"}");
    }

    @Test
    void whatWasDoneIsThereAfterARestartNewestFirst() {
        Deed refused = Deed.refused("ci", "upstream.remove", "groq", "it is a preset");
        try (Database database = Database.at(folder.resolve("hal0.db"))) {
            Activity activity = new Activity(database, NOON);
            activity.note(added("a"));
            activity.note(refused);
        }
        try (Database database = Database.at(folder.resolve("hal0.db"))) {
            Activity activity = new Activity(database, NOON);
            assertThat(activity.list(10, Long.MAX_VALUE))
                    .containsExactly(
                            new Deed.Noted(2, NOON.instant(), refused),
                            new Deed.Noted(1, NOON.instant(), added("a")));
            activity.note(added("b"));
            assertThat(ids(activity.list(2, Long.MAX_VALUE))).containsExactly(3L, 2L);
            assertThat(ids(activity.list(2, 2))).containsExactly(1L);
        }
    }

    @Test
    void onlyTheNewestAreKeptAndLongTextsAreCut() {
        try (Database database = Database.at(folder.resolve("hal0.db"))) {
            Activity activity = new Activity(database, NOON, 3);
            for (int i = 1; i <= 7; i++) {
                activity.note(added("x".repeat(10_000)));
            }
            assertThat(ids(activity.list(100, Long.MAX_VALUE))).containsExactly(7L, 6L, 5L);
            assertThat(activity.list(1, Long.MAX_VALUE).getFirst().deed().subject())
                    .hasSize(4001)
                    .endsWith("…");
        }
    }

    private static List<Long> ids(List<Deed.Noted> noted) {
        return noted.stream().map(Deed.Noted::id).toList();
    }
}
