/// Errors that the relay answers with itself, before they take the shape of a client's dialect.
@NullMarked
package hal0.relay.error;

import org.jspecify.annotations.NullMarked;
