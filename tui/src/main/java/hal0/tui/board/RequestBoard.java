package hal0.tui.board;

import hal0.home.ledger.LedgerRow;
import hal0.relay.control.RequestInfo;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.text.Role;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One request in full: who asked what, where it was sent and why, what was tried, what it cost.
public final class RequestBoard {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ROOT);

    private RequestBoard() {}

    public static Content of(RequestInfo request, ZoneId zone) {
        List<Line> lines = new ArrayList<>();
        LedgerRow row = request.row();
        lines.add(
                row == null
                        ? Text.fact(
                                "outcome",
                                "under way for " + Figures.millis(request.runningMs()),
                                Role.ACCENT)
                        : Text.fact("outcome", outcome(row), RelayBoard.role(row)));
        lines.add(Text.fact("came", TIME.format(request.at().atZone(zone))));
        lines.add(
                Text.fact(
                        "client",
                        request.client()
                                + (request.session() == null
                                        ? ""
                                        : " · session " + request.session())));
        lines.add(
                Text.fact(
                        "protocol",
                        request.protocol() + (request.streamed() ? " · streamed" : " · whole")));
        decision(lines, request);
        tries(lines, request);
        if (row != null) {
            numbers(lines, row);
        }
        headers(lines, request);
        return Content.of(lines, null);
    }

    private static String outcome(LedgerRow row) {
        String status = row.status() == 0 ? "" : " · HTTP " + row.status();
        return row.outcome().name().toLowerCase(Locale.ROOT)
                + (row.errorKind() == null ? "" : " · " + row.errorKind())
                + status;
    }

    private static void decision(List<Line> lines, RequestInfo request) {
        lines.add(Text.head("decision"));
        lines.add(Text.fact("asked for", request.requested()));
        if (request.route().isEmpty()) {
            boolean nowhere = request.row() != null && request.target().isEmpty();
            lines.add(
                    nowhere
                            ? Text.fact("led", "nowhere", Role.ERROR)
                            : Text.dim(
                                    "How it was found is remembered for the last requests only."));
        } else {
            lines.add(Text.fact("found by", request.route() + meaning(request.route())));
            lines.add(Text.fact("targets", String.join(", then ", request.targets())));
        }
        if (!request.fetched().isEmpty()) {
            lines.add(Text.fact("lists fetched", String.join(", ", request.fetched())));
        }
    }

    private static String meaning(String path) {
        int colon = path.indexOf(':');
        return switch (colon < 0 ? path : path.substring(0, colon)) {
            case "route" -> " (a route of config.toml)";
            case "container" -> " (a slot of this machine)";
            case "registry" -> " (bound in models.toml)";
            case "passthrough" -> " (in its list of models)";
            case "passthrough-prefetched" -> " (in its list, fetched for this)";
            case "prefix" -> " (named before the slash)";
            case "rule" -> " (a rule for such names)";
            case "active" -> " (no model was named)";
            case "direct" -> " (asked directly)";
            case String _ -> "";
        };
    }

    private static void tries(List<Line> lines, RequestInfo request) {
        if (request.tries().isEmpty()) {
            return;
        }
        lines.add(Text.head("attempts"));
        int number = 0;
        for (RequestInfo.Try each : request.tries()) {
            number++;
            String first =
                    each.firstTokenMs() < 0
                            ? ""
                            : ", first token after " + Figures.millis(each.firstTokenMs());
            Long ms = each.ms();
            String took = ms == null ? "under way" : "took " + Figures.millis(ms);
            String error = each.error();
            lines.add(
                    new Line.Words(
                            List.of(
                                    Board.cell(number + " ", Role.DIM),
                                    Board.cell(
                                            error == null ? (ms == null ? "▸ " : "● ") : "✗ ",
                                            error == null ? Role.ADDED : Role.ERROR),
                                    Board.cell(each.target()),
                                    Board.cell("  " + took + first, Role.DIM))));
            if (error != null) {
                lines.add(Line.words("    " + error, Role.ERROR));
            }
        }
    }

    private static void numbers(List<Line> lines, LedgerRow row) {
        lines.add(Text.head("numbers"));
        lines.add(
                Text.fact(
                        "tokens",
                        "input %s · cached %s · cache write %s · output %s · reasoning %s%s"
                                .formatted(
                                        Figures.grouped(row.inputTokens()),
                                        Figures.grouped(row.cacheReadTokens()),
                                        Figures.grouped(row.cacheWriteTokens()),
                                        Figures.grouped(row.outputTokens()),
                                        Figures.grouped(row.reasoningTokens()),
                                        row.estimated() ? " (estimated)" : "")));
        lines.add(Text.fact("cost", Figures.cost(row)));
        lines.add(
                Text.fact(
                        "time",
                        "%s in all%s · %s µs of it the relay's own"
                                .formatted(
                                        Figures.millis(row.latencyMs()),
                                        row.firstTokenMs() < 0
                                                ? ""
                                                : " · first token after "
                                                        + Figures.millis(row.firstTokenMs()),
                                        Figures.grouped(row.overheadUs()))));
        if (row.answeredModel() != null) {
            lines.add(Text.fact("calls itself", row.answeredModel()));
        }
    }

    /// As the client was given them, as far as they are remembered.
    private static void headers(List<Line> lines, RequestInfo request) {
        lines.add(Text.head("headers of the answer"));
        lines.add(wide("X-Request-ID", request.id()));
        if (request.headUs() < 0) {
            return;
        }
        // The head names who answered first; who went on after a break stands under attempts.
        String first = answering(request);
        int slash = first.indexOf('/');
        if (slash > 0) {
            lines.add(wide("x-hal0-provider", first.substring(0, slash)));
            lines.add(wide("x-hal0-model", first.substring(slash + 1)));
        }
        lines.add(wide("x-hal0-route", request.route()));
        lines.add(wide("x-hal0-overhead-us", Long.toString(request.headUs())));
    }

    private static String answering(RequestInfo request) {
        return request.tries().stream()
                .filter(each -> each.firstTokenMs() >= 0 || each.error() == null)
                .map(RequestInfo.Try::target)
                .findFirst()
                .orElse(request.target());
    }

    private static Line wide(String name, @Nullable String value) {
        return Text.fact(name + " ".repeat(Math.max(0, 19 - name.length())), String.valueOf(value));
    }
}
