package hal0.cli.providers;

import hal0.cli.console.Console;
import hal0.cli.console.Listing;
import hal0.cli.console.Listing.Cell;
import hal0.providers.price.Money;
import hal0.providers.probe.Ability;
import hal0.providers.probe.Connection;
import hal0.providers.probe.DeepReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was found out about one provider; `deep` is null where no model was asked.
record Tried(Connection connection, @Nullable DeepReport deep) {
    private static final List<String> COLUMNS =
            List.of("provider", "status", "reachable", "key", "latency_ms", "models", "message");

    /// All of it as one JSON array.
    static void printJson(List<Tried> all, boolean deep, Console console) {
        List<String> columns = new ArrayList<>(COLUMNS);
        if (deep) {
            columns.add("deep");
        }
        Listing table = new Listing(columns.toArray(String[]::new));
        for (Tried tried : all) {
            List<@Nullable Object> cells = cells(tried.connection());
            if (deep) {
                cells.add(tried.deep() == null ? null : json(tried.deep()));
            }
            table.row(cells.toArray());
        }
        table.print(console, true);
    }

    /// Tables for people, and what it cost.
    static void print(List<Tried> all, Console console) {
        Listing table = new Listing(COLUMNS.toArray(String[]::new));
        all.forEach(tried -> table.row(cells(tried.connection()).toArray()));
        table.print(console, false);
        Listing matrix = new Listing("provider", "model", "capability", "has", "reason");
        List<String> costs = new ArrayList<>();
        for (Tried tried : all) {
            DeepReport deep = tried.deep();
            if (deep == null) {
                continue;
            }
            String provider = tried.connection().provider();
            for (Ability a : deep.abilities()) {
                matrix.row(
                        provider, deep.model(), a.capability().text(), a.has().word(), a.reason());
            }
            costs.add(
                    "%s: %d calls, %d tokens in, %d out, cost %s"
                            .formatted(
                                    provider,
                                    deep.calls(),
                                    deep.inputTokens(),
                                    deep.outputTokens(),
                                    Money.format(deep.cost())));
        }
        if (!matrix.isEmpty()) {
            console.out().println();
            matrix.print(console, false);
            console.out().println();
            costs.forEach(console.out()::println);
        }
    }

    private static List<@Nullable Object> cells(Connection c) {
        List<@Nullable Object> cells = new ArrayList<>();
        cells.add(c.provider());
        cells.add(new Cell(c.verdict().word(), c.verdict().name()));
        cells.add(new Cell(c.reach().word(), c.reach().word().replace('_', ' ')));
        cells.add(new Cell(c.key().word(), c.key().text()));
        cells.add(c.latency() == null ? null : c.latency().toMillis());
        cells.add(c.models());
        cells.add(c.message());
        return cells;
    }

    private static Map<String, @Nullable Object> json(DeepReport deep) {
        List<Map<String, String>> abilities = new ArrayList<>();
        for (Ability ability : deep.abilities()) {
            Map<String, String> row = new LinkedHashMap<>();
            row.put("capability", ability.capability().word());
            row.put("has", ability.has().word());
            row.put("reason", ability.reason());
            abilities.add(row);
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("model", deep.model());
        object.put("capabilities", abilities);
        object.put("calls", deep.calls());
        object.put("input_tokens", deep.inputTokens());
        object.put("output_tokens", deep.outputTokens());
        object.put("cost_usd", deep.cost().usd());
        return object;
    }
}
