/// Fakes for tests of this module and of those that use it.
///
/// [hal0.providers.testing.ScriptedProvider] is a provider over real HTTP,
/// [hal0.providers.testing.RawServer] one over a bare socket for answers that no server would give,
/// [hal0.providers.testing.EventRecorder] pulls a stream dry.
@NullMarked
package hal0.providers.testing;

import org.jspecify.annotations.NullMarked;
