/// `hal0 smoke:provider`: whether a provider answers a question, as a table of checks.
///
/// Entry type [hal0.cli.smoke.SmokeCommand].
@NullMarked
package hal0.cli.smoke;

import org.jspecify.annotations.NullMarked;
