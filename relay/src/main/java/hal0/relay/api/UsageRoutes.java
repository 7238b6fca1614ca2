package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Period;
import hal0.home.ledger.RowColumns;
import hal0.home.ledger.Tally;
import hal0.home.ledger.TallyColumns;
import hal0.relay.control.Records;
import hal0.relay.error.Json;
import hal0.relay.error.RelayException;
import hal0.relay.route.About;
import hal0.relay.route.Exchange;
import hal0.relay.route.Field;
import hal0.relay.route.Route;
import hal0.relay.route.RouteFamily;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `/api/usage`: what was spent, by whatever it is asked for.
public final class UsageRoutes implements RouteFamily {
    private static final String ONE_BY_ONE = "request";
    private static final int USUAL_ROWS = 100;
    private static final int MOST_ROWS = 10_000;
    private static final List<String> GROUPINGS =
            Stream.concat(
                            Arrays.stream(Grouping.values())
                                    .map(g -> g.name().toLowerCase(Locale.ROOT)),
                            Stream.of(ONE_BY_ONE))
                    .toList();

    private static final Field[] QUERY = {
        Field.text(
                        "by",
                        "What the sums are for; provider by default. `request` gives single calls instead, newest first.")
                .oneOf(GROUPINGS),
        Field.text("since", "A date, a moment, 7d, today, month (default) or all."),
        Field.text("session", "Only what this session asked, by model."),
        Field.whole("limit", "How many single calls, to 10000; 100 by default.")
    };

    private final Records records;
    private final ZoneId zone;

    public UsageRoutes(Records records, ZoneId zone) {
        this.records = records;
        this.zone = zone;
    }

    @Override
    public List<Route> routes() {
        String invalid = "validation.invalid 422";
        return List.of(
                new Route("GET", "/api/usage", Route.Access.ADMIN, this::json)
                        .about(
                                About.of(
                                                "Spend and tokens; the group's name is in the field named as `by`.")
                                        .query(QUERY)
                                        .answer(200, About.Form.LIST, columns())
                                        .errors(invalid)),
                new Route("GET", "/api/usage.csv", Route.Access.ADMIN, this::csv)
                        .about(
                                About.of("The same, as comma-separated values.")
                                        .query(QUERY)
                                        .answer(200, About.Form.CSV, List.of())
                                        .errors(invalid)));
    }

    private static List<Field> columns() {
        List<Field> fields = new ArrayList<>();
        fields.add(Field.text("provider", "The group's name.").orNull());
        TallyColumns.names(Grouping.PROVIDER).stream()
                .skip(1)
                .forEach(name ->
                        fields.add(
                                name.equals("cost_usd")
                                        ? Field.number(name, "Null where nothing is known.")
                                                .orNull()
                                        : Field.whole(name, "A sum.")));
        return List.copyOf(fields);
    }

    /// `by` is null for single calls.
    private record Asked(
            @Nullable Grouping by, Period period, int limit, @Nullable String session) {}

    private Asked asked(Exchange exchange) {
        List<RelayException.Field> problems = new ArrayList<>();
        boolean single = ONE_BY_ONE.equals(exchange.query("by"));
        Grouping by = single ? null : grouping(exchange.query("by"), problems);
        Period period = period(exchange.query("since"), by, problems);
        int limit = limit(exchange.query("limit"), problems);
        @Nullable String session = exchange.query("session");
        if (session != null && by != Grouping.MODEL) {
            problems.add(new RelayException.Field("session", "it goes with by=model"));
        }
        if (!problems.isEmpty()) {
            throw RelayException.invalid(problems);
        }
        return new Asked(by, period, limit, session);
    }

    private static int limit(@Nullable String given, List<RelayException.Field> problems) {
        if (given == null) {
            return USUAL_ROWS;
        }
        if (given.matches("[0-9]{1,5}")) {
            int limit = Integer.parseInt(given);
            if (limit >= 1 && limit <= MOST_ROWS) {
                return limit;
            }
        }
        problems.add(
                new RelayException.Field("limit", "it is a whole number from 1 to " + MOST_ROWS));
        return USUAL_ROWS;
    }

    private static Grouping grouping(@Nullable String by, List<RelayException.Field> problems) {
        if (by == null) {
            return Grouping.PROVIDER;
        }
        for (Grouping grouping : Grouping.values()) {
            if (grouping.name().toLowerCase(Locale.ROOT).equals(by)) {
                return grouping;
            }
        }
        problems.add(
                new RelayException.Field("by", "it is one of " + String.join(", ", GROUPINGS)));
        return Grouping.PROVIDER;
    }

    private Period period(
            @Nullable String since, @Nullable Grouping by, List<RelayException.Field> problems) {
        String usual = by == Grouping.MONTH ? "all" : "month";
        try {
            return Period.parse(since == null ? usual : since, LocalDate.now(zone), zone);
        } catch (IllegalArgumentException e) {
            problems.add(new RelayException.Field("since", String.valueOf(e.getMessage())));
            return Period.parse(usual, LocalDate.now(zone), zone);
        }
    }

    private void json(Exchange exchange, String rest) {
        Asked asked = asked(exchange);
        List<String> names =
                asked.by() == null ? RowColumns.names() : TallyColumns.names(asked.by());
        List<List<@Nullable Object>> rows =
                asked.by() == null
                        ? requests(asked).stream().map(RowColumns::values).toList()
                        : sums(asked, asked.by()).stream().map(TallyColumns::values).toList();
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (List<@Nullable Object> row : rows) {
                        write(json, names, row);
                    }
                    json.writeEndArray();
                }));
    }

    private List<Tally> sums(Asked asked, Grouping by) {
        return asked.session() == null
                ? records.spending().by(by, asked.period().from())
                : records.spending().ofSession(asked.session());
    }

    private List<LedgerRow> requests(Asked asked) {
        return records.spending().requests(asked.period().from(), asked.limit());
    }

    private static void write(JsonGenerator json, List<String> names, List<@Nullable Object> values)
            throws IOException {
        json.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
            json.writeFieldName(names.get(i));
            switch (values.get(i)) {
                case null -> json.writeNull();
                case Long number -> json.writeNumber(number);
                case Boolean flag -> json.writeBoolean(flag);
                case BigDecimal number -> json.writeNumber(number);
                case Object text -> json.writeString(text.toString());
            }
        }
        json.writeEndObject();
    }

    private void csv(Exchange exchange, String rest) {
        Asked asked = asked(exchange);
        String text =
                asked.by() == null
                        ? RowColumns.csv(requests(asked))
                        : TallyColumns.csv(asked.by(), sums(asked, asked.by()));
        exchange.set("Content-Disposition", "attachment; filename=\"usage.csv\"");
        exchange.send(200, "text/csv; charset=utf-8", text.getBytes(UTF_8));
    }
}
