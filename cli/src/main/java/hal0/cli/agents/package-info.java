/// `hal0 agents`: the agents of this home, each a file that can be edited by hand as well.
@NullMarked
package hal0.cli.agents;

import org.jspecify.annotations.NullMarked;
