/// What answers cost: prices, costs and how money is written. Unknown is never zero.
@NullMarked
package hal0.providers.price;

import org.jspecify.annotations.NullMarked;
