package hal0.relay.control;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.home.activity.Deed;
import hal0.home.ledger.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what `/api/usage` and `/api/activity` answer.
final class HttpRecords {
    private HttpRecords() {}

    /// `name` is the field that has the group's name.
    static List<Tally> tallies(String name, JsonNode list) {
        List<Tally> tallies = new ArrayList<>();
        for (JsonNode row : list) {
            tallies.add(
                    new Tally(
                            textOrNull(row, name),
                            row.path("requests").asLong(),
                            row.path("failed").asLong(),
                            row.path("input_tokens").asLong(),
                            row.path("output_tokens").asLong(),
                            row.path("cache_read_tokens").asLong(),
                            row.path("cache_write_tokens").asLong(),
                            row.path("reasoning_tokens").asLong(),
                            row.path("cost_usd").decimalValue(),
                            row.path("priced").asLong(),
                            row.path("local").asLong(),
                            row.path("unpriced").asLong()));
        }
        return tallies;
    }

    static List<Deed.Noted> deeds(JsonNode list) {
        List<Deed.Noted> deeds = new ArrayList<>();
        for (JsonNode row : list) {
            Deed deed =
                    new Deed(
                            row.path("who").asText(),
                            row.path("action").asText(),
                            row.path("subject").asText(),
                            jsonOrNull(row, "before"),
                            jsonOrNull(row, "after"),
                            row.path("outcome").asText().equals("done")
                                    ? Deed.Outcome.DONE
                                    : Deed.Outcome.REFUSED,
                            textOrNull(row, "reason"));
            deeds.add(
                    new Deed.Noted(
                            row.path("id").asLong(), Instant.parse(row.path("at").asText()), deed));
        }
        return deeds;
    }

    private static @Nullable String textOrNull(JsonNode row, String field) {
        return row.hasNonNull(field) ? row.path(field).asText() : null;
    }

    private static @Nullable String jsonOrNull(JsonNode row, String field) {
        return row.hasNonNull(field) ? row.path(field).toString() : null;
    }
}
