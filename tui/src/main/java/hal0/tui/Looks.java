package hal0.tui;

import hal0.home.ledger.Grouping;
import hal0.home.ledger.Tally;
import hal0.providers.http.CancelToken;
import hal0.providers.price.Price;
import hal0.relay.approval.Approval;
import hal0.relay.control.ControlException;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.GpuInfo;
import hal0.relay.control.RequestInfo;
import hal0.relay.control.Requests;
import hal0.relay.control.SlotControl;
import hal0.relay.control.SlotInfo;
import hal0.relay.control.SlotLaunch;
import hal0.relay.control.SlotLine;
import hal0.tui.board.ApprovalBoard;
import hal0.tui.board.RelayBoard;
import hal0.tui.board.RequestBoard;
import hal0.tui.board.SlotBoard;
import hal0.tui.board.SlotsBoard;
import hal0.tui.board.SpendBoard;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.text.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What boards show of a relay: asked of the control plane anew each time.
///
/// **Threads** any; blocks.
record Looks(ControlPlane plane, Clock clock) {
    /// By which the ledger knows the requests of screens.
    static final String OWN_CLIENT = "tui";

    static final Duration LATELY = Duration.ofHours(1);

    private static final int MOST_REQUESTS = 200;
    private static final int MOST_LOG_LINES = 500;
    private static final int DAYS = 30;

    private ZoneId zone() {
        return clock.getZone();
    }

    private Instant midnight(LocalDate day) {
        return day.atStartOfDay(zone()).toInstant();
    }

    private LocalDate today() {
        return LocalDate.now(clock);
    }

    Content slots() {
        return SlotsBoard.of(plane.slots().all(), gpu());
    }

    /// Numbers beside the slots must not hide the slots themselves.
    private @Nullable GpuInfo gpu() {
        try {
            return plane.slots().gpu();
        } catch (ControlException e) {
            return null;
        }
    }

    Content slot(String name) {
        SlotControl slots = plane.slots();
        SlotInfo slot = slots.one(name);
        SlotLaunch launch = null;
        String why = "";
        try {
            launch = slots.resolved(name);
        } catch (ControlException e) {
            why = Worker.message(e);
        }
        return SlotBoard.details(slot, gpu(), launch, why, clock.instant());
    }

    Content slotLog(String name) {
        List<SlotLine> lines = new ArrayList<>();
        plane.slots().logs(name, MOST_LOG_LINES, false, lines::add, new CancelToken());
        return SlotBoard.log(lines, zone());
    }

    Content slotModels(String name, List<SlotBoard.Registered> models) {
        return SlotBoard.models(plane.slots().one(name), models);
    }

    Content relay() {
        return RelayBoard.of(
                new RelayBoard.Known(
                        plane.status(), plane.requests().latest(MOST_REQUESTS), waiting(plane)),
                clock.instant(),
                zone());
    }

    /// What waits for the owner's word. A relay of another version may not tell.
    static List<Approval> waiting(ControlPlane plane) {
        try {
            return plane.approvals().list().stream().filter(Approval::isWaiting).toList();
        } catch (ControlException e) {
            return List.of();
        }
    }

    Content approval(String id) {
        return plane.approvals()
                .find(id)
                .map(approval -> ApprovalBoard.of(approval, clock.instant(), zone()))
                .orElseGet(Looks::forgotten);
    }

    private static Content forgotten() {
        return Content.of(List.of(Line.words("It is not remembered any more.", Role.DIM)), null);
    }

    Content request(String id) {
        return plane.requests()
                .find(id)
                .map(request -> RequestBoard.of(request, zone()))
                .orElseGet(Looks::forgotten);
    }

    boolean isUnderWay(String id) {
        return plane.requests().find(id).filter(RequestInfo::isUnderWay).isPresent();
    }

    /// `by` is one of [hal0.tui.state.Place#SPENDING].
    Content spend(String by, String session) {
        Instant from = midnight(today().minusDays(DAYS - 1));
        return switch (by) {
            case "days" -> days(from);
            case "models" -> groups(Grouping.MODEL, from);
            case "providers" -> groups(Grouping.PROVIDER, from);
            case "clients" -> groups(Grouping.KEY, from);
            case String _ -> session(session);
        };
    }

    private Content groups(Grouping by, Instant from) {
        return SpendBoard.groups(by, plane.usage(by, from), "the last %d days".formatted(DAYS));
    }

    private Content days(Instant from) {
        Map<String, Tally> spent = new HashMap<>();
        plane.usage(Grouping.DAY, from).forEach(day -> spent.put(String.valueOf(day.name()), day));
        List<Tally> days = new ArrayList<>();
        for (int i = DAYS - 1; i >= 0; i--) {
            String day = today().minusDays(i).toString();
            days.add(spent.getOrDefault(day, Tally.none(day)));
        }
        return SpendBoard.groups(Grouping.DAY, days, SpendBoard.weeks(days));
    }

    private Content session(String id) {
        Requests requests = plane.requests();
        List<Tally> models = requests.ofSession(id);
        Map<String, Price> prices = new HashMap<>();
        for (Tally model : models) {
            String name = String.valueOf(model.name());
            int slash = name.indexOf('/');
            if (slash > 0) {
                prices.put(
                        name, requests.price(name.substring(0, slash), name.substring(slash + 1)));
            }
        }
        LocalDate today = today();
        return SpendBoard.session(
                new SpendBoard.Session(
                        models,
                        prices,
                        sum(plane.usage(Grouping.PROVIDER, midnight(today))),
                        sum(plane.usage(Grouping.PROVIDER, midnight(today.withDayOfMonth(1)))),
                        requests.budget(),
                        others(plane, clock.instant())));
    }

    private static Tally sum(List<Tally> tallies) {
        return tallies.stream().reduce(Tally.none(""), Tally::plus);
    }

    /// What other clients of the relay spent in the last hour.
    static List<Tally> others(ControlPlane plane, Instant now) {
        return plane.usage(Grouping.KEY, now.minus(LATELY)).stream()
                .filter(client -> !OWN_CLIENT.equals(client.name()))
                .toList();
    }
}
