package hal0.slots.process;

import hal0.slots.definition.Launch;
import hal0.slots.runtime.HomeMark;
import java.util.Map;
import java.util.TreeMap;

/// How a process that hal0 started is known again: variables of its environment, which its children
/// inherit.
final class Marks {
    static final String SLOT = "HAL0_SLOT";
    static final String HOME = "HAL0_HOME_MARK";
    static final String FINGERPRINT = "HAL0_SLOT_FINGERPRINT";
    static final String LAUNCH = "HAL0_SLOT_LAUNCH";
    static final String MODEL = "HAL0_SLOT_MODEL";
    static final String PORT = "HAL0_SLOT_PORT";

    private Marks() {}

    /// `id` is another for every start.
    static Map<String, String> of(Launch launch, HomeMark home, String id) {
        Map<String, String> marks = new TreeMap<>();
        marks.put(SLOT, launch.slot());
        marks.put(HOME, home.text());
        marks.put(FINGERPRINT, launch.fingerprint());
        marks.put(LAUNCH, id);
        marks.put(PORT, String.valueOf(launch.port()));
        Launch.Served model = launch.model();
        if (model != null) {
            marks.put(MODEL, model.id());
        }
        return marks;
    }
}
