package hal0.tui.state;

import hal0.tui.terminal.Size;

/// Which rows of the screen belong to what, from top to bottom: transcript, plan and queued
/// messages, a rule, prompt, status.
///
/// **Units** cells. A low screen gives up the rule first, then the status line.
public record Geometry(
        Size size,
        int transcriptRows,
        int asideRows,
        int ruleRows,
        int promptRows,
        int statusRows) {
    public static final int PROMPT_SIGN = 2;
    static final int HIGHEST_PROMPT = 10;
    private static final int WIDEST_PANEL = 96;

    /// The border of a panel and a blank at each side.
    private static final int PANEL_SIDES = 4;

    public static Geometry of(UiState state) {
        Size size = state.screen().size();
        int wanted = PromptLayout.of(state.prompt(), promptWidth(size)).lines().size();
        int status = size.rows() >= 3 ? 1 : 0;
        int rule = size.rows() >= 5 ? 1 : 0;
        int room = Math.max(1, size.rows() - status - rule - (size.rows() >= 4 ? 2 : 0));
        int prompt = Math.min(Math.min(wanted, HIGHEST_PROMPT), room);
        int rest = Math.max(0, size.rows() - status - rule - prompt);
        int aside = Aside.lines(state, rest / 3).size();
        return new Geometry(size, rest - aside, aside, rule, prompt, status);
    }

    /// Of a box over the transcript.
    public static int panelColumns(Size size) {
        return Math.min(size.columns(), WIDEST_PANEL);
    }

    /// Cells inside of such a box.
    public static int panelWidth(int columns) {
        return Math.max(1, columns - PANEL_SIDES);
    }

    public static int promptWidth(Size size) {
        return Math.max(1, size.columns() - PROMPT_SIGN);
    }

    /// The last column stays free where there is room, so that no terminal wraps by itself.
    int textWidth() {
        return size.columns() > 24 ? size.columns() - 1 : size.columns();
    }

    public int ruleRow() {
        return transcriptRows + asideRows;
    }

    public int promptRow() {
        return ruleRow() + ruleRows;
    }

    public int statusRow() {
        return promptRow() + promptRows;
    }
}
