package hal0.tui.state;

import hal0.agent.permission.Mode;
import hal0.providers.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a board changes in the rest of the program.
public sealed interface Change {

    /// Has a slot load its model, or another one where `model` is not empty.
    record Load(String slot, String model) implements Change {}

    record Unload(String slot) implements Change {}

    /// Puts another model in place of the one that serves.
    record Swap(String slot, String model) implements Change {}

    record Restart(String slot) implements Change {}

    /// Whether it may be unloaded to make room.
    record Pin(String slot, boolean pinned) implements Change {}

    /// Lets the other group of slots have the GPU.
    record GpuMode(String mode, boolean force) implements Change {}

    /// Lets a call be done that waits for the owner's word, or not.
    record Decide(String approval, boolean approve) implements Change {}

    /// What is changed of the settings.
    sealed interface Edit extends Change {}

    /// What is changed of the things that an agent works with.
    sealed interface Owned extends Edit {}

    /// Writes a key of `config.toml`; null takes it out.
    record Set(String key, @Nullable Object value) implements Edit {}

    /// Writes a key into `api.env`. `begin` when its provider is to be used from then on.
    record SetKey(String provider, String variable, Secret value, boolean begin) implements Edit {}

    record RemoveKey(String provider, String variable) implements Edit {}

    record TryProvider(String provider) implements Edit {}

    record EnableProvider(String provider, boolean on) implements Edit {}

    record SetUrl(String provider, String url) implements Edit {}

    /// Declares a server; an empty key is none.
    record AddProvider(String name, String protocol, String url, Secret key) implements Edit {}

    record RemoveProvider(String provider) implements Edit {}

    record EnableServer(String server, boolean on) implements Owned {}

    record Reconnect(String server) implements Owned {}

    /// Declares an MCP server by its address or its command line.
    record AddServer(String name, String reach) implements Owned {}

    record RemoveServer(String server) implements Owned {}

    /// Adds a rule to one of the lists `allow`, `ask`, `deny`.
    record AddRule(String list, String rule) implements Owned {}

    /// Takes a rule out of such a list, or of `session`.
    record RemoveRule(String list, String rule) implements Owned {}

    /// Reads the configuration again.
    record Reload() implements Edit {}

    record SetMode(Mode mode) implements Edit {}

    record Remember(String text) implements Edit {}

    record Forget(long note) implements Owned {}

    /// Brings back the note that was forgotten last.
    record Recall() implements Owned {}

    record Reword(long note, String text) implements Owned {}

    record Retag(long note, List<String> tags) implements Owned {
        public Retag {
            tags = List.copyOf(tags);
        }
    }

    /// Loads a slot, and talks to it from then on.
    record LoadAndUse(String slot, String model) implements Edit {}

    record DeleteSession(String id) implements Edit {}
}
