package hal0.cli.wiring;

import hal0.home.error.ErrorKind;
import hal0.relay.control.ControlException;
import hal0.relay.control.SlotDefinitions;
import hal0.slots.definition.SlotEdits;
import hal0.slots.definition.SlotEdits.Origin;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of slots as requests may change them: what they write is read again at once.
///
/// **Threads** any.
final class RequestedSlots implements SlotDefinitions {
    private final SlotEdits edits;
    private final Runnable reload;

    RequestedSlots(Configuration configuration) {
        this(configuration.slots().edits(), configuration::reload);
    }

    private RequestedSlots(SlotEdits edits, Runnable reload) {
        this.edits = edits;
        this.reload = reload;
    }

    private interface Writing {
        void write() throws IOException;
    }

    @Override
    public void create(String name, Map<String, @Nullable Object> keys) {
        written(() -> edits.create(name, keys, Origin.REQUEST));
    }

    @Override
    public void change(String name, Map<String, @Nullable Object> keys) {
        written(() -> edits.change(name, keys, Origin.REQUEST));
    }

    @Override
    public void remove(String name) {
        written(() -> edits.delete(name));
    }

    @Override
    public SlotDefinitions rehearsed() {
        return new RequestedSlots(edits.rehearsed(), () -> {});
    }

    private void written(Writing writing) {
        try {
            writing.write();
        } catch (IOException e) {
            throw new ControlException(ErrorKind.INTERNAL, String.valueOf(e.getMessage()), e);
        }
        reload.run();
    }
}
