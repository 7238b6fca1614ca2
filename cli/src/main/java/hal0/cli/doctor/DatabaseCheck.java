package hal0.cli.doctor;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.store.Database;
import hal0.home.store.StoreException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whether the database opens, and whether there is room for it to grow.
record DatabaseCheck(Home home) implements Check {
    private static final long MB = 1024 * 1024;
    private static final long LITTLE = 1024 * MB;
    private static final long TOO_LITTLE = 50 * MB;

    @Override
    public String id() {
        return "database";
    }

    @Override
    public List<Row> rows() {
        return List.of(database(), disk());
    }

    private Row database() {
        if (!Files.exists(home.database())) {
            return Row.skip("database", "there is none yet");
        }
        try (Database database = Database.at(home.database())) {
            return Row.pass(
                    "database",
                    "%s opens; its schema is version %d"
                            .formatted(home.database(), database.version()));
        } catch (StoreException e) {
            // The store's own sentences put what to do after a semicolon or a full stop.
            String message = String.valueOf(e.getMessage()).replaceFirst("; (?=[^;]*$)", ". ");
            return Row.told(true, "database", message);
        }
    }

    private Row disk() {
        Path folder = home.data();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            FileStore store = Files.getFileStore(folder);
            long free = store.getUsableSpace();
            String message = "%d MB free for %s".formatted(free / MB, home.data());
            return free < LITTLE
                    ? Row.bad(free < TOO_LITTLE, "disk", message, "make room on " + store.name())
                    : Row.pass("disk", message);
        } catch (IOException e) {
            return Row.skip("disk", "%s: %s".formatted(folder, IoReason.of(e)));
        }
    }
}
