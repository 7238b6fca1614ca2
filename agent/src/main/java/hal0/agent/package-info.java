@NullMarked
package hal0.agent;

import org.jspecify.annotations.NullMarked;
