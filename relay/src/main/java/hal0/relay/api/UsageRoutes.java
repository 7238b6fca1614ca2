package hal0.relay.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import hal0.home.ledger.Grouping;
import hal0.home.ledger.Period;
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
import org.jspecify.annotations.Nullable;

/// `/api/usage`: what was spent, by whatever it is asked for.
public final class UsageRoutes implements RouteFamily {
    private static final List<String> GROUPINGS =
            Arrays.stream(Grouping.values()).map(g -> g.name().toLowerCase(Locale.ROOT)).toList();

    private static final Field[] QUERY = {
        Field.text("by", "What the sums are for; provider by default.").oneOf(GROUPINGS),
        Field.text("since", "A date, a moment, 7d, today, month (default) or all.")
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

    private record Asked(Grouping by, Period period) {}

    private Asked asked(Exchange exchange) {
        List<RelayException.Field> problems = new ArrayList<>();
        Grouping by = grouping(exchange.query("by"), problems);
        Period period = period(exchange.query("since"), by, problems);
        if (!problems.isEmpty()) {
            throw RelayException.invalid(problems);
        }
        return new Asked(by, period);
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
            @Nullable String since, Grouping by, List<RelayException.Field> problems) {
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
        List<Tally> tallies = records.spending().by(asked.by(), asked.period().from());
        List<String> names = TallyColumns.names(asked.by());
        exchange.sendJson(
                200,
                Json.bytes(json -> {
                    json.writeStartArray();
                    for (Tally tally : tallies) {
                        write(json, names, TallyColumns.values(tally));
                    }
                    json.writeEndArray();
                }));
    }

    private static void write(JsonGenerator json, List<String> names, List<@Nullable Object> values)
            throws IOException {
        json.writeStartObject();
        for (int i = 0; i < names.size(); i++) {
            json.writeFieldName(names.get(i));
            switch (values.get(i)) {
                case null -> json.writeNull();
                case Long number -> json.writeNumber(number);
                case BigDecimal number -> json.writeNumber(number);
                case Object text -> json.writeString(text.toString());
            }
        }
        json.writeEndObject();
    }

    private void csv(Exchange exchange, String rest) {
        Asked asked = asked(exchange);
        String text =
                TallyColumns.csv(
                        asked.by(), records.spending().by(asked.by(), asked.period().from()));
        exchange.set("Content-Disposition", "attachment; filename=\"usage.csv\"");
        exchange.send(200, "text/csv; charset=utf-8", text.getBytes(UTF_8));
    }
}
