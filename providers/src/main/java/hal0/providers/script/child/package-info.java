/// The process that a provider's Lua script runs in: nothing but the interpreter, JSON and a pipe.
///
/// Entry type [hal0.providers.script.child.ScriptProcess]. It is started with a small heap by
/// [hal0.providers.script.LuaScripts], knows nothing else of hal0, and may be killed at any moment.
/// One thread runs the script; another one reads the pipe, and ends the process when it closes.
/// Beside [hal0.providers.script.child.Frame], which both sides use, nothing here is loaded by the
/// program itself.
@NullMarked
package hal0.providers.script.child;

import org.jspecify.annotations.NullMarked;
