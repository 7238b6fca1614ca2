/// Benchmarks of the dialects, which `scripts/bench decode` runs.
@NullMarked
package hal0.bench;

import org.jspecify.annotations.NullMarked;
