package hal0.tui.board;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.providers.ModelInfo;
import hal0.providers.price.Price;
import hal0.relay.control.ModelChoice;
import hal0.relay.control.SlotInfo;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Doing;
import hal0.tui.state.Effect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelsBoardTest {
    private static ModelChoice model(String provider, String id) {
        return new ModelChoice(
                provider,
                new ModelInfo(
                        id,
                        null,
                        128_000L,
                        null,
                        true,
                        true,
                        null,
                        null,
                        Price.of("0.5", "1.5"),
                        null,
                        null),
                false,
                true);
    }

    private static SlotInfo slot(String name, String state, String device) {
        return new SlotInfo(
                name,
                "chat",
                state,
                null,
                "m",
                List.of(),
                "docker",
                device,
                null,
                null,
                true,
                false,
                0,
                0,
                Instant.EPOCH,
                "",
                Map.of());
    }

    private static Content board(
            List<ModelChoice> models, List<SlotInfo> slots, List<String> recent, String active) {
        String provider = active.isEmpty() ? "" : active.substring(0, active.indexOf('/'));
        return ModelsBoard.of(new ModelsBoard.Known(models, slots, recent, active, provider), null);
    }

    private static List<String> shown(Content content) {
        List<String> shown = new ArrayList<>();
        for (Line line : content.lines()) {
            shown.add(
                    switch (line) {
                        case Line.Head(var text) -> "[" + text + "]";
                        case Line.Row row -> row.cells().getFirst().text();
                        case Line.Words _ -> "words";
                    });
        }
        return shown;
    }

    private static Act onEnter(Content content, String id) {
        return content.lines().stream()
                .filter(line -> line instanceof Line.Row row && row.id().equals(id))
                .map(line -> ((Line.Row) line).acts().getFirst())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatWasUsedLastStandsFirstAndOnlyThere() {
        Content content =
                board(
                        List.of(model("a", "one"), model("a", "two"), model("b", "three")),
                        List.of(),
                        List.of("b/three", "gone/away", "a/two"),
                        "a/two");

        assertThat(shown(content))
                .containsExactly("[used last]", "  b/three", "● a/two", "[a]", "  a/one");
    }

    @Test
    void priceContextAndAbilitiesAreTold() {
        Line.Row row =
                (Line.Row)
                        board(List.of(model("a", "one")), List.of(), List.of(), "").lines().get(1);

        assertThat(row.cells())
                .extracting(span -> span.text())
                .containsExactly("  a/one", "✓", "128k", "0.5", "1.5", "tools thinking");
    }

    @Test
    void slotThatIsNotLoadedIsLoadedOnChoosing() {
        List<ModelChoice> models = List.of(model("chat", "m"));
        Act act =
                onEnter(
                        board(models, List.of(slot("chat", "offline", "cpu")), List.of(), ""),
                        "chat/m");

        assertThat(act.doing())
                .isEqualTo(new Doing.Leave(new Effect.Alter(new Change.LoadAndUse("chat", "m"))));
        assertThat(
                        onEnter(
                                        board(
                                                models,
                                                List.of(slot("chat", "ready", "cpu")),
                                                List.of(),
                                                ""),
                                        "chat/m")
                                .doing())
                .isEqualTo(new Doing.Leave(new Effect.Use("chat", "m")));
    }

    @Test
    void whatLoadingMayEndIsAskedFirst() {
        List<SlotInfo> slots =
                List.of(
                        slot("chat", "offline", "gpu-cuda"),
                        slot("img", "ready", "gpu-cuda"),
                        slot("embed", "ready", "cpu"));
        Act act = onEnter(board(List.of(model("chat", "m")), slots, List.of(), ""), "chat/m");

        assertThat(act.doing())
                .isInstanceOfSatisfying(
                        Doing.Asking.class,
                        asking ->
                                assertThat(asking.question())
                                        .isEqualTo("Load it? img may have to make room."));
    }

    @Test
    void aNameThatNoListHasBelongsToTheProviderInUse() {
        Content content = board(List.of(model("a", "one")), List.of(), List.of(), "a/one");

        assertThat(content.otherwise().apply("brand-new").acts().getFirst().doing())
                .isEqualTo(new Doing.Leave(new Effect.Use("a", "brand-new")));
        assertThat(content.otherwise().apply("two words")).isNull();
        assertThat(board(List.of(), List.of(), List.of(), "").otherwise().apply("nobody-known"))
                .isNull();
    }

    @Test
    void modelsThatTwoListsHaveStandOnce() {
        List<ModelChoice> models = IntStream.range(0, 3).mapToObj(_ -> model("a", "one")).toList();

        assertThat(shown(board(models, List.of(), List.of(), "")))
                .containsExactly("[a]", "  a/one");
    }
}
