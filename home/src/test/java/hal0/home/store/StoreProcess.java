package hal0.home.store;

import java.io.IOException;
import java.nio.file.Path;

/// A process of its own for [DatabaseTest]: waits for a line on its input, then opens the database
/// in its first argument and writes as many rows as its second says.
final class StoreProcess {
    private StoreProcess() {}

    public static void main(String[] args) throws IOException {
        System.out.println("ready");
        System.in.read();
        try (Database database = Database.at(Path.of(args[0]))) {
            for (int i = 0; i < Integer.parseInt(args[1]); i++) {
                String version = "INSERT INTO schema_version VALUES (0, 'row', " + i + ")";
                database.write(connection -> {
                    try (var statement = connection.createStatement()) {
                        return statement.executeUpdate(version);
                    }
                });
            }
        }
        System.out.println("done");
    }
}
