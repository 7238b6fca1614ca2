/// What may be spent: refuses a request before it is sent when it would cost more than is left.
///
/// Entry type [hal0.relay.budget.Budget].
@NullMarked
package hal0.relay.budget;

import org.jspecify.annotations.NullMarked;
