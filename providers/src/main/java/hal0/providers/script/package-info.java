/// Providers that a Lua script describes: `providers/NAME.lua`.
///
/// Entry types [hal0.providers.script.LuaScripts], which completes providers and calls hooks,
/// [hal0.providers.script.ScriptedTransport], through which the calls of such providers go, and
/// [hal0.providers.script.ScriptProviders], which declares those that only a file declares. A
/// script runs in a process of its own (`hal0.providers.script.child`), started when its provider
/// is first used; that process belongs to one [hal0.providers.script.RunningScript], which lets one
/// caller in at a time. This process never loads the interpreter.
@NullMarked
package hal0.providers.script;

import org.jspecify.annotations.NullMarked;
