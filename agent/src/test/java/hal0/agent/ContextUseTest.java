package hal0.agent;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.ContextUse.Item;
import hal0.agent.ContextUse.Kind;
import hal0.agent.context.Instructions;
import hal0.agent.context.Skills;
import hal0.agent.context.Surroundings;
import hal0.agent.context.SystemPrompt;
import hal0.agent.permission.Mode;
import hal0.agent.session.History;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionEntry.Ending;
import hal0.providers.event.StopReason;
import hal0.providers.event.Usage;
import hal0.providers.message.Part;
import hal0.providers.message.Tool;
import hal0.providers.price.Cost;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextUseTest {
    private static final Instant NOW = Instant.EPOCH;
    private static final List<Tool> TOOLS =
            List.of(
                    new Tool("read", "r".repeat(396), ""),
                    new Tool("docs__find", "d".repeat(390), ""),
                    new Tool("docs__open", null, "s".repeat(390)));

    private final SystemPrompt prompt =
            new SystemPrompt(
                    new Surroundings("/src", "Linux", LocalDate.EPOCH, null),
                    new Instructions(
                            List.of(
                                    new Instructions.Piece(
                                            Path.of("/src/AGENTS.md"), "x".repeat(4_000), false)),
                            List.of()),
                    null,
                    new Skills(Path.of("/skills"), List.of(), List.of(), List.of()),
                    Mode.ASK);
    private final List<SessionEntry> entries = new ArrayList<>();

    private static Usage usage(long input, long output) {
        return new Usage(input, output, 0, 0, 0, 0, null);
    }

    private void user(int characters) {
        entries.add(new SessionEntry.UserSaid(NOW, List.of(new Part.Text("u".repeat(characters)))));
    }

    private void model(Usage usage, Part... parts) {
        entries.add(
                new SessionEntry.ModelSaid(
                        NOW,
                        "r",
                        "p",
                        "m",
                        List.of(parts),
                        usage,
                        new Cost.Unknown(),
                        new Ending.Stopped(StopReason.END)));
    }

    private ContextUse use() {
        return ContextUse.of(prompt, TOOLS, History.of(entries), 10_000);
    }

    private static long tokens(ContextUse use, Kind kind) {
        return use.items().stream().filter(i -> i.kind() == kind).mapToLong(Item::tokens).sum();
    }

    @Test
    void beforeTheFirstAnswerItIsAQuarterOfTheCharacters() {
        user(400);

        ContextUse use = use();

        assertThat(use.counted()).isFalse();
        assertThat(use.items())
                .extracting(Item::kind)
                .containsExactly(
                        Kind.SYSTEM, Kind.INSTRUCTIONS, Kind.TOOLS, Kind.MCP_TOOLS, Kind.USER);
        assertThat(tokens(use, Kind.TOOLS)).isBetween(99L, 101L);
        assertThat(use.items())
                .filteredOn(item -> item.kind() == Kind.MCP_TOOLS)
                .singleElement()
                .satisfies(item -> assertThat(item.name()).isEqualTo("docs"))
                .satisfies(item -> assertThat(item.tokens()).isBetween(199L, 201L));
        assertThat(use.free()).isEqualTo(10_000 - use.used());
    }

    @Test
    void theSumIsWhatTheProviderCountedAndWhatCameSinceIsOnTop() {
        user(400);
        model(usage(2_900, 100), new Part.Text("a".repeat(400)));

        assertThat(use().counted()).isTrue();
        assertThat(use().used()).isEqualTo(3_000);

        user(4_000);
        assertThat(use().used()).isGreaterThan(3_900);
        assertThat(tokens(use(), Kind.INSTRUCTIONS)).isGreaterThan(tokens(use(), Kind.ANSWERS));
    }

    @Test
    void callsAndTheirResultsAreToldApart() {
        user(40);
        model(
                usage(0, 0),
                new Part.Text("a".repeat(40)),
                new Part.ToolCall("c", "read", "{}" + " ".repeat(94)));
        entries.add(
                new SessionEntry.ToolAnswered(
                        NOW,
                        new Part.ToolResult("c", List.of(new Part.Text("t".repeat(800))), false),
                        null));

        assertThat(tokens(use(), Kind.TOOL_CALLS)).isEqualTo(25);
        assertThat(tokens(use(), Kind.TOOL_RESULTS)).isEqualTo(200);
        assertThat(tokens(use(), Kind.ANSWERS)).isEqualTo(10);
    }

    @Test
    void aSummaryStandsForWhatItReplacedAndItsCountIsForgotten() {
        user(40_000);
        model(usage(9_000, 10), new Part.Text("a".repeat(40)));
        user(40);
        model(usage(9_100, 10), new Part.Text("b".repeat(40)));
        entries.add(new SessionEntry.Compacted(NOW, "s".repeat(400), 2));

        ContextUse use = use();

        assertThat(tokens(use, Kind.SUMMARY)).isEqualTo(100);
        assertThat(tokens(use, Kind.USER)).isEqualTo(10);
        assertThat(use.counted()).isFalse();
        assertThat(Compaction.used(History.of(entries))).isEqualTo(120);

        model(usage(1_500, 10), new Part.Text("c"));
        assertThat(use().used()).isEqualTo(1_510);
        assertThat(Compaction.used(History.of(entries))).isEqualTo(1_510);
    }

    @Test
    void aWindowOfUnknownSizeHasNoRest() {
        assertThat(ContextUse.of(prompt, List.of(), History.of(List.of()), 0).free()).isNull();
    }
}
