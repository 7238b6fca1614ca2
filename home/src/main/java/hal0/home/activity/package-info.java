/// Who changed what in a home, kept for good: every change that a command, a screen or a program
/// over HTTP asks for leaves a line here, also one that was refused.
///
/// Entry type [hal0.home.activity.Activity]. The database owns the state; every thread may write.
@NullMarked
package hal0.home.activity;

import org.jspecify.annotations.NullMarked;
