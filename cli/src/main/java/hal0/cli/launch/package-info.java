/// `hal0 launch`: other programs' agents, wired to the relay for one run.
///
/// A [hal0.cli.launch.Tool] knows how one program is told of another address and key; it touches
/// nothing. What it says is either done by [hal0.cli.launch.ToolProcess] or printed by
/// [hal0.cli.launch.ByHand].
@NullMarked
package hal0.cli.launch;

import org.jspecify.annotations.NullMarked;
