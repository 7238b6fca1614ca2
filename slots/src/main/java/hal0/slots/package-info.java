/// Local models: what a slot is, as `slots/NAME.toml` says it.
///
/// Entry type [hal0.slots.SlotFiles]. A slot is a named place that serves one model through one
/// container, process or service. Values are immutable snapshots.
@NullMarked
package hal0.slots;

import org.jspecify.annotations.NullMarked;
