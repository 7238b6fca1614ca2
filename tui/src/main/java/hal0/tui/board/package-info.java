/// What the boards show: functions from what is known of slots, spend, requests and settings to
/// [hal0.tui.state.Board.Content]. Nothing here blocks or keeps anything.
@NullMarked
package hal0.tui.board;

import org.jspecify.annotations.NullMarked;
