/// What tests of slots share: a model server for real runtimes, and a runtime whose containers are
/// models on real ports.
@NullMarked
package hal0.slots.testing;

import org.jspecify.annotations.NullMarked;
