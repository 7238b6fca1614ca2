/// `hal0 memory`: what hal0 remembers, for people and scripts. Works on the home's database itself,
/// which a relay that runs may use at the same time.
@NullMarked
package hal0.cli.memory;

import org.jspecify.annotations.NullMarked;
