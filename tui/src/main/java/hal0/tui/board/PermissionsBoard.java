package hal0.tui.board;

import hal0.agent.permission.Mode;
import hal0.agent.permission.Rule;
import hal0.agent.permission.Rules;
import hal0.tui.state.Board;
import hal0.tui.state.Board.Act;
import hal0.tui.state.Board.Column;
import hal0.tui.state.Board.Content;
import hal0.tui.state.Board.Line;
import hal0.tui.state.Change;
import hal0.tui.state.Effect;
import hal0.tui.text.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What the agent may do unasked: its mode, and the rules in the order in which they are asked.
public final class PermissionsBoard {
    private static final List<Column> COLUMNS = List.of(Column.left("", 0), Column.left("", 1));

    private PermissionsBoard() {}

    /// `own` are those of `config.toml`, which can be taken out there.
    public static Content of(Mode mode, Rules rules, Rules own) {
        List<Line> lines = new ArrayList<>();
        lines.add(mode(mode));
        group(lines, "Refused", "deny", rules.deny(), own.deny());
        if (!rules.session().isEmpty()) {
            lines.add(new Line.Head("Allowed while this session lasts"));
            rules.session().forEach(rule -> lines.add(row("session", rule, "answered", true)));
        }
        if (!rules.firm().isEmpty()) {
            lines.add(new Line.Head("Asked, as this project wants it"));
            rules.firm().forEach(rule -> lines.add(row("firm", rule, "project", false)));
        }
        if (!rules.named().isEmpty()) {
            lines.add(new Line.Head("Allowed on the command line"));
            rules.named().forEach(rule -> lines.add(row("named", rule, "--allow", false)));
        }
        group(lines, "Allowed", "allow", rules.allow(), own.allow());
        group(lines, "Asked", "ask", rules.ask(), own.ask());
        return new Content(COLUMNS, lines, null);
    }

    private static Line.Row mode(Mode mode) {
        List<Act> modes =
                Arrays.stream(Mode.values())
                        .map(each ->
                                Act.of(
                                        each.name().toLowerCase(Locale.ROOT).charAt(0),
                                        each.name().toLowerCase(Locale.ROOT),
                                        new Effect.Alter(new Change.SetMode(each))))
                        .toList();
        return new Line.Row(
                "mode",
                List.of(
                        Board.cell("mode"),
                        Board.cell(mode.name().toLowerCase(Locale.ROOT), Role.ACCENT)),
                List.of(Act.choosing(Act.ENTER, "chooses", modes)),
                "Shift+Tab anywhere");
    }

    private static void group(
            List<Line> lines, String head, String list, List<Rule> rules, List<Rule> own) {
        lines.add(new Line.Head(head));
        for (Rule rule : rules) {
            boolean mine = own.stream().anyMatch(each -> each.text().equals(rule.text()));
            lines.add(row(list, rule, mine ? "config.toml" : "elsewhere", mine));
        }
        lines.add(
                new Line.Row(
                        "+" + list,
                        List.of(Board.cell("+ add a rule", Role.DIM), Board.cell("")),
                        List.of(
                                Act.entering(
                                        Act.ENTER,
                                        "adds",
                                        "A rule, such as shell(git status*) or edit(src/**)",
                                        "",
                                        text ->
                                                new Effect.Alter(
                                                        new Change.AddRule(
                                                                list, Rule.parse(text).text()))))));
    }

    private static Line.Row row(String list, Rule rule, String source, boolean mine) {
        List<Act> acts =
                mine
                        ? List.of(
                                Act.asking(
                                        'x',
                                        "delete",
                                        "Take this rule away?",
                                        new Effect.Alter(new Change.RemoveRule(list, rule.text()))))
                        : List.of();
        return new Line.Row(
                list + " " + rule.text(),
                List.of(Board.cell(rule.text()), Board.cell(source, Role.DIM)),
                acts);
    }
}
