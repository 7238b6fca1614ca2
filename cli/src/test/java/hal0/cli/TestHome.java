package hal0.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// A home in a temporary folder: what a user writes into it, and what the program left there.
record TestHome(Path folder) {

    /// A row of the ledger, as far as tests look at it. A null cost is an unknown one.
    record Row(
            String client,
            String provider,
            String model,
            String outcome,
            long input,
            long output,
            Long costPicoUsd) {}

    TestHome config(String toml) throws IOException {
        Files.writeString(folder.resolve("config.toml"), toml);
        return this;
    }

    /// Declares `openai` and `anthropic` style providers as `oa` and `an`; the first is active.
    TestHome providers(URI openAi, URI anthropic) throws IOException {
        return config(
                """
                [active]
                provider = "oa"
                model = "m1"

                [providers.oa]
                base_url = "%s"
                retries = 0
                input_price_per_1m_tokens = 2.5
                output_price_per_1m_tokens = 10.0

                [providers.an]
                compatibility = "anthropic-compatible"
                base_url = "%s"
                retries = 0
                """
                        .formatted(openAi, anthropic));
    }

    Hal0Process.Setup hal0() {
        return Hal0Process.in(folder);
    }

    Path relayFile() {
        return folder.resolve("state/relay.json");
    }

    Path session(String id) {
        return folder.resolve("data/sessions/" + id + ".jsonl");
    }

    List<Path> sessions() throws IOException {
        Path sessions = folder.resolve("data/sessions");
        if (!Files.isDirectory(sessions)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(sessions)) {
            return files.sorted().toList();
        }
    }

    /// The ledger, oldest row first.
    List<Row> ledger() throws SQLException {
        Path database = folder.resolve("data/hal0.db");
        if (!Files.exists(database)) {
            return List.of();
        }
        List<Row> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet found =
                        statement.executeQuery("SELECT * FROM usage_ledger ORDER BY at_ms")) {
            while (found.next()) {
                long cost = found.getLong("cost_pico_usd");
                Long known = found.wasNull() ? null : cost;
                rows.add(
                        new Row(
                                found.getString("client"),
                                found.getString("provider"),
                                found.getString("model"),
                                found.getString("outcome"),
                                found.getLong("input_tokens"),
                                found.getLong("output_tokens"),
                                known));
            }
        }
        return rows;
    }

    static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }
}
