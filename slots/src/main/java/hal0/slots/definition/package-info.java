/// What a slot is, as its files say it, and what that comes to when it is started.
///
/// Entry types [hal0.slots.definition.SlotFiles] for `slots/NAME.toml` and
/// [hal0.slots.definition.Definitions] for what holds when profiles, models and `[slots]` have had
/// their say. Values are immutable snapshots; nothing here starts anything.
@NullMarked
package hal0.slots.definition;

import org.jspecify.annotations.NullMarked;
