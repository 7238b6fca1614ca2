/// What every wire protocol shares: the seam that a dialect fills, its errors, and the light
/// observer of answers that only pass by.
///
/// Entry type [hal0.providers.dialect.Dialect]; one implementation each in the packages beside this
/// one. Dialects have no state; decoders and observers belong to one answer and one thread.
@NullMarked
package hal0.providers.dialect;

import org.jspecify.annotations.NullMarked;
