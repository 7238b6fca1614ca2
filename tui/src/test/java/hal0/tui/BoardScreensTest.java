package hal0.tui;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.ledger.Grouping;
import hal0.home.ledger.Outcome;
import hal0.home.ledger.Tally;
import hal0.providers.price.Price;
import hal0.relay.approval.Approval;
import hal0.relay.control.RelayStatus;
import hal0.relay.control.RequestInfo;
import hal0.relay.control.RequestInfo.Try;
import hal0.relay.control.Requests;
import hal0.relay.control.SlotLine;
import hal0.tui.board.ApprovalBoard;
import hal0.tui.board.DoctorBoard;
import hal0.tui.board.DoctorBoard.Finding;
import hal0.tui.board.DoctorBoard.Status;
import hal0.tui.board.RelayBoard;
import hal0.tui.board.RequestBoard;
import hal0.tui.board.SlotBoard;
import hal0.tui.board.SlotsBoard;
import hal0.tui.board.SpendBoard;
import hal0.tui.state.Active;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Effect;
import hal0.tui.state.Glance;
import hal0.tui.state.Place;
import hal0.tui.state.Reducer;
import hal0.tui.state.UiEvent;
import hal0.tui.state.UiState;
import hal0.tui.terminal.ColorDepth;
import hal0.tui.terminal.FrameWriter;
import hal0.tui.terminal.Input;
import hal0.tui.terminal.Key;
import hal0.tui.terminal.Size;
import hal0.tui.terminal.VirtualScreen;
import hal0.tui.theme.Palettes;
import hal0.tui.view.ScreenView;
import hal0.tui.view.Theme;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What slots, relay, spend and the checkup look like, at the sizes that terminals have.
class BoardScreensTest {
    private static final Path GOLDENS = Path.of("src/test/resources/screens");
    private static final Instant NOW = FakeRequests.NOW;
    private static final RelayStatus STATUS =
            new RelayStatus(
                    "0.1.0",
                    "i1",
                    URI.create("http://127.0.0.1:8080"),
                    false,
                    NOW.minusSeconds(7400),
                    341,
                    1);

    @ParameterizedTest
    @CsvSource({"120,40", "80,24", "40,12"})
    void slotsLookAsTheyDid(int columns, int rows) throws IOException {
        Content content =
                SlotsBoard.of(
                        List.of(
                                FakeSlots.slot("chat", "serving", "qwen3-8b", 2, "", ""),
                                FakeSlots.slot(
                                        "embed", "pulling", "bge-m3", 0, "412 of 1160 MB", ""),
                                FakeSlots.slot(
                                        "img",
                                        "error",
                                        null,
                                        0,
                                        "slots/img.toml:4: slot.image: there is no image \"sd\"",
                                        "slot.config_error")),
                        FakeSlots.gpu("llm"));

        golden("slots", columns, rows, show("slots", content, columns, rows));
    }

    @ParameterizedTest
    @CsvSource({"120,40", "80,24", "40,12"})
    void theRelayLooksAsItDid(int columns, int rows) throws IOException {
        golden("relay", columns, rows, show("relay", relay(), columns, rows));
    }

    private static Content relay() {
        return RelayBoard.of(
                new RelayBoard.Known(STATUS, requests(), List.of()), NOW, ZoneOffset.UTC);
    }

    @ParameterizedTest
    @CsvSource({"120,40", "80,24", "40,12"})
    void whatWaitsForApprovalStandsOverTheRequests(int columns, int rows) throws IOException {
        Content content =
                RelayBoard.of(
                        new RelayBoard.Known(STATUS, requests(), List.of(approval("unload chat"))),
                        NOW,
                        ZoneOffset.UTC);
        golden("relay-approvals", columns, rows, show("relay", content, columns, rows));
    }

    @Test
    void approvalIsReadInFullBeforeItIsDecided() {
        String text =
                show(
                        "relay",
                        ApprovalBoard.of(approval("unload chat"), NOW, ZoneOffset.UTC),
                        80,
                        24);
        assertThat(text)
                .contains(
                        "waits for 1 min",
                        "unload chat",
                        "agent-1",
                        "{\"slot\":\"chat\"}",
                        "y approves it · n denies it");
    }

    private static Approval approval(String summary) {
        return new Approval(
                "a1",
                "slot_unload",
                summary,
                "{\"slot\":\"chat\"}",
                "agent-1",
                NOW.minusSeconds(60),
                NOW.plusSeconds(3540),
                Approval.State.WAITING,
                null,
                null,
                null);
    }

    private static List<RequestInfo> requests() {
        return List.of(
                FakeRequests.underWay("r-3"),
                FakeRequests.over(
                        "r-2",
                        FakeRequests.row("codex", "groq/llama-4", Outcome.RESCUED, "0.0123")),
                FakeRequests.over(
                        "r-1", FakeRequests.row("tui", "openai/gpt-5", Outcome.FAILED, "")));
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,12"})
    void aRequestLooksAsItDid(int columns, int rows) throws IOException {
        RequestInfo request =
                FakeRequests.over(
                        "r-2",
                        FakeRequests.row("codex", "groq/llama-4", Outcome.RESCUED, "0.0123"),
                        new Try("openai/gpt-5", 812L, -1, "openai answered 503: overloaded"),
                        new Try("groq/llama-4", 1490L, 410, null));

        golden(
                "request",
                columns,
                rows,
                show(
                        "relay",
                        Place.of(Place.Kind.RELAY),
                        RequestBoard.of(request, ZoneOffset.UTC),
                        new Size(columns, rows)));
    }

    private static Tally tally(String name, long input, long read, long output, String usd) {
        boolean priced = !usd.equals("n/a") && !usd.equals("local");
        return new Tally(
                name,
                3,
                0,
                input,
                output,
                read,
                0,
                output / 10,
                priced ? new BigDecimal(usd) : BigDecimal.ZERO,
                priced ? 3 : 0,
                usd.equals("local") ? 3 : 0,
                usd.equals("n/a") ? 3 : 0);
    }

    @ParameterizedTest
    @CsvSource({"120,40", "80,24", "40,12"})
    void spendOfTheSessionLooksAsItDid(int columns, int rows) throws IOException {
        Tally paid = tally("openai/gpt-5", 12_000, 100_000, 4_000, "0.0675");
        Tally local = tally("ollama/qwen3:8b", 900, 0, 120, "local");
        Content content =
                SpendBoard.session(
                        new SpendBoard.Session(
                                List.of(paid, local),
                                Map.of(
                                        "openai/gpt-5",
                                        new Price(
                                                new BigDecimal("1.25"),
                                                BigDecimal.TEN,
                                                new BigDecimal("0.125"),
                                                null,
                                                null)),
                                paid.plus(local),
                                paid.plus(paid),
                                new Requests.Limits(
                                        BigDecimal.ZERO,
                                        new BigDecimal("0.07"),
                                        new BigDecimal("2.5")),
                                List.of(tally("claude", 800, 0, 90, "0.12"))));

        golden("spend", columns, rows, show("spend", content, columns, rows));
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,12"})
    void daysAreABarChart(int columns, int rows) throws IOException {
        List<Tally> days = new ArrayList<>();
        for (int day = 12; day <= 21; day++) {
            String name = "2026-11-" + day;
            days.add(
                    day % 3 == 0
                            ? Tally.none(name)
                            : tally(name, day * 1000L, 0, 100, "0.0" + (day - 10)));
        }
        Content content = SpendBoard.groups(Grouping.DAY, days, SpendBoard.weeks(days));

        golden("days", columns, rows, show("spend", content, columns, rows));
    }

    @ParameterizedTest
    @CsvSource({"80,24", "40,12"})
    void theCheckupLooksAsItDid(int columns, int rows) throws IOException {
        Content content =
                DoctorBoard.of(
                        List.of(
                                new Finding("java", Status.PASS, "Java 25", ""),
                                new Finding(
                                        "key.groq",
                                        Status.FAIL,
                                        "GROQ_API_KEY is not set, and groq needs it",
                                        "hal0 providers key groq"),
                                new Finding("proxy", Status.SKIP, "no proxy is set", "")));

        golden("doctor", columns, rows, show("doctor", content, columns, rows));
    }

    /// Whatever a server, a provider or a file says must not reach the terminal as it is.
    @Test
    void whatOthersNamedIsShownHarmless() {
        String evil = "x\u001b]52;c;AAAA\u0007y\u202e";
        Content slots =
                SlotsBoard.of(
                        List.of(FakeSlots.slot(evil, "error", evil, 1, evil, "")),
                        FakeSlots.gpu(evil));
        Content models =
                SlotBoard.models(
                        FakeSlots.slot("chat", "ready", evil, 0, "", ""),
                        List.of(new SlotBoard.Registered(evil, evil)));
        RequestInfo request =
                FakeRequests.over(
                        evil,
                        FakeRequests.row(evil, evil + "/" + evil, Outcome.FAILED, ""),
                        new Try(evil, 1L, -1, evil));
        List<Content> all =
                List.of(
                        slots,
                        models,
                        RelayBoard.of(
                                new RelayBoard.Known(
                                        STATUS, List.of(request), List.of(approval(evil))),
                                NOW,
                                ZoneOffset.UTC),
                        ApprovalBoard.of(approval(evil), NOW, ZoneOffset.UTC),
                        RequestBoard.of(request, ZoneOffset.UTC),
                        SpendBoard.groups(
                                Grouping.KEY, List.of(tally(evil, 1, 1, 1, "0.1")), "since"),
                        DoctorBoard.of(List.of(new Finding(evil, Status.FAIL, evil, evil))));

        for (Content content : all) {
            assertThat(show("relay", content, 100, 40))
                    .doesNotContain("\u001b", "\u0007", "\u202e");
        }
    }

    @ParameterizedTest
    @CsvSource({"120,40", "80,24", "40,12", "20,8"})
    void nothingWrapsOrLeavesItsBox(int columns, int rows) {
        String text = show("relay", relay(), columns, rows);

        List<String> lines = text.lines().toList();
        assertThat(lines).hasSizeLessThanOrEqualTo(rows);
        assertThat(lines.getFirst()).contains("╭").contains("╮");
        assertThat(lines.stream().filter(line -> line.contains("│")))
                .allSatisfy(line -> assertThat(line.stripTrailing()).endsWith("│"));
    }

    @Test
    void withoutUtf8BarsAreDrawnInAscii() {
        Content content = SlotsBoard.of(List.of(), FakeSlots.gpu(null));
        UiState state = opened("slots", new Size(80, 24));
        state = filled(state, Place.of(Place.Kind.SLOTS), content);

        String text = drawn(state, new Size(80, 24), true);

        assertThat(text).contains("#######").contains("/ 24.0 GB").matches("[\\x20-\\x7e\\n]*");
    }

    @Test
    void theStatusLineTellsOfSlotsAndOthersAndOfARelayThatFellSilent() {
        Size size = new Size(120, 24);
        UiState state = connected(size);
        state =
                Reducer.reduce(
                                state,
                                new UiEvent.Glanced(
                                        STATUS, new Glance(1, 2, 0, new BigDecimal("0.12"), 0)))
                        .state();

        assertThat(drawn(state, size, false))
                .contains("relay :8080 · 1 in flight · slots 1 ready 2 loading · others $0.12");

        state = Reducer.reduce(state, new UiEvent.Glanced(null, Glance.NOTHING)).state();
        assertThat(drawn(state, size, false)).contains("relay :8080 does not answer");
    }

    @Test
    void aLogIsFollowedUntilItIsScrolledAndAgainFromItsEnd() {
        Size size = new Size(60, 14);
        UiState state = opened("slots", size);
        state =
                filled(
                        state,
                        Place.of(Place.Kind.SLOTS),
                        SlotsBoard.of(
                                List.of(FakeSlots.slot("chat", "ready", "m", 0, "", "")), null));
        state = pressed(state, Key.of('g').withAlt());
        Place log = new Place(Place.Kind.SLOT_LOG, "chat");
        state = filled(state, log, log(40));
        assertThat(drawn(state, size, false)).contains("line 40").doesNotContain("line 20");

        state = filled(state, log, log(41));
        assertThat(drawn(state, size, false)).contains("line 41");

        UiState scrolled = pressed(state, Key.of(Key.Code.UP));
        assertThat(drawn(scrolled, size, false)).contains("line 40").doesNotContain("line 41");
        assertThat(Reducer.reduce(scrolled, new UiEvent.Tick()).effects()).isEmpty();

        UiState end = pressed(scrolled, Key.of(Key.Code.END));
        assertThat(drawn(end, size, false)).contains("line 41");
        assertThat(Reducer.reduce(end, new UiEvent.Tick()).effects())
                .containsExactly(new Effect.Fill(log));
        assertThat(drawn(pressed(end, Key.of('7')), size, false))
                .contains("line 37")
                .doesNotContain("line 36");
    }

    private static Content log(int lines) {
        List<SlotLine> written = new ArrayList<>();
        for (int i = 1; i <= lines; i++) {
            written.add(new SlotLine(null, false, "line " + i));
        }
        return SlotBoard.log(written, ZoneOffset.UTC);
    }

    private static UiState connected(Size size) {
        UiState state = UiState.starting(new UiState.About("1", "c"), size, false, null);
        Active active = new Active("openai", "gpt-5", false, null);
        return Reducer.reduce(state, new UiEvent.ControlOpened(STATUS, active)).state();
    }

    private static UiState opened(String command, Size size) {
        UiState state = connected(size);
        for (char c : ("/" + command).toCharArray()) {
            state = pressed(state, Key.of(c));
        }
        return pressed(state, Key.of(Key.Code.ENTER));
    }

    private static UiState pressed(UiState state, Key key) {
        return Reducer.reduce(state, new UiEvent.Did(new Input.Pressed(key))).state();
    }

    private static UiState filled(UiState state, Place place, Content content) {
        return Reducer.reduce(state, new UiEvent.Filled(place, content)).state();
    }

    private static String show(String command, Content content, int columns, int rows) {
        Place.Kind kind =
                switch (command) {
                    case "slots" -> Place.Kind.SLOTS;
                    case "spend" -> Place.Kind.SPEND;
                    case "doctor" -> Place.Kind.DOCTOR;
                    case String _ -> Place.Kind.RELAY;
                };
        return show(command, Place.of(kind), content, new Size(columns, rows));
    }

    private static String show(String command, Place place, Content content, Size size) {
        return drawn(filled(opened(command, size), place, content), size, false);
    }

    private static String drawn(UiState state, Size size, boolean ascii) {
        VirtualScreen screen = new VirtualScreen(size);
        Theme theme = Theme.of(Palettes.plain(false), ColorDepth.TRUE);
        screen.write(new FrameWriter(ascii).write(ScreenView.draw(state, theme)));
        return screen.text();
    }

    private static void golden(String name, int columns, int rows, String actual)
            throws IOException {
        Path file = GOLDENS.resolve("board-%s-%dx%d.screen".formatted(name, columns, rows));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
