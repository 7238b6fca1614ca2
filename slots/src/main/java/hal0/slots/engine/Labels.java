package hal0.slots.engine;

import hal0.slots.definition.Launch;
import hal0.slots.runtime.HomeMark;
import java.util.LinkedHashMap;
import java.util.Map;

/// What containers and services are marked with, so that a later process finds them; a unit of the
/// service manager writes the same.
public final class Labels {
    public static final String SLOT = "hal0.slot";
    public static final String HOME = "hal0.home";

    /// The id of the model; left out where there is none.
    public static final String MODEL = "hal0.model";

    public static final String FINGERPRINT = "hal0.fingerprint";

    private Labels() {}

    public static Map<String, String> of(Launch launch, HomeMark home) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(SLOT, launch.slot());
        labels.put(HOME, home.text());
        labels.put(FINGERPRINT, launch.fingerprint());
        Launch.Served model = launch.model();
        if (model != null) {
            labels.put(MODEL, model.id());
        }
        return labels;
    }

    /// The name of a slot's container: each home has its own, so that they do not clash.
    public static String containerName(HomeMark home, String slot) {
        return "hal0-" + home.text() + "-" + slot;
    }
}
