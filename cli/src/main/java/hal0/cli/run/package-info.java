/// `hal0 run`: the agent without a screen.
@NullMarked
package hal0.cli.run;

import org.jspecify.annotations.NullMarked;
