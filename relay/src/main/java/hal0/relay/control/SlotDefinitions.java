package hal0.relay.control;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files that define slots, edited with their comments kept.
///
/// **Shape** keys as [SlotControl] has them. **Errors** [hal0.slots.error.SlotException] for what
/// would be wrong; then nothing is written. **Threads** any.
public interface SlotDefinitions {

    void create(String name, Map<String, @Nullable Object> keys);

    void change(String name, Map<String, @Nullable Object> keys);

    void remove(String name);

    /// The same that refuses as this does, and writes nothing.
    SlotDefinitions rehearsed();
}
