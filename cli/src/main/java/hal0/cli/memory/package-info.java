/// `hal0 memory`: what hal0 remembers, for people and scripts. Works through the relay that
/// `HAL0_API_URL` names or that runs for this home; without one on the home's database itself.
@NullMarked
package hal0.cli.memory;

import org.jspecify.annotations.NullMarked;
