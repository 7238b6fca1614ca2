@NullMarked
package hal0.relay;

import org.jspecify.annotations.NullMarked;
