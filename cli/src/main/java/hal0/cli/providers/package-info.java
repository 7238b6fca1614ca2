/// `hal0 providers …`: declare, choose, look at and try out providers.
@NullMarked
package hal0.cli.providers;

import org.jspecify.annotations.NullMarked;
