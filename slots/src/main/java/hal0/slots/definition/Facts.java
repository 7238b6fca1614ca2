package hal0.slots.definition;

import hal0.home.config.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says of every key of a slot what holds for it.
record Facts(Profiles profiles, SlotsSettings all) {
    private static final String ENV = "server.env.";

    List<Fact> of(SlotFile file) {
        List<Fact> facts = new ArrayList<>();
        for (Setting setting : file.settings()) {
            String key = setting.path();
            if (file.places().has(key)) {
                String text = key.startsWith(ENV) ? "***REDACTED***" : setting.value();
                facts.add(new Fact(key, text, file.places().at(key)));
            } else if (!key.startsWith(ENV)) {
                Fact elsewhere = elsewhere(file, key);
                facts.add(
                        elsewhere == null ? new Fact(key, setting.value(), "default") : elsewhere);
            }
        }
        return facts;
    }

    private @Nullable Fact elsewhere(SlotFile file, String key) {
        return switch (key) {
            case "slot.runtime" -> ofAll(key, "\"" + all.runtime().word() + "\"");
            case "slot.idle_timeout_s" -> ofAll(key, "" + all.idleTimeout().toSeconds());
            case "slot.unload_after_s" -> ofAll(key, "" + all.unloadAfter().toSeconds());
            case "slot.port" ->
                    new Fact(
                            key, "", "%d to %d".formatted(all.ports().first(), all.ports().last()));
            case "slot.profile" ->
                    profile(file)
                            .map(profile -> new Fact(key, "\"" + profile.name() + "\"", "device"))
                            .orElse(null);
            case "slot.image" -> image(file);
            default -> null;
        };
    }

    private static Fact ofAll(String key, String text) {
        return new Fact(key, text, "[slots]");
    }

    private @Nullable Fact image(SlotFile file) {
        Optional<Profiles.Layers> profile = profile(file);
        String image =
                profile.map(layers -> profiles.image(layers, file.spec().slot().device()))
                        .orElse(null);
        return profile.isEmpty() || image == null
                ? null
                : new Fact("slot.image", "\"" + image + "\"", "profile " + profile.get().name());
    }

    private Optional<Profiles.Layers> profile(SlotFile file) {
        SlotSpec.Slot slot = file.spec().slot();
        SlotSpec.RuntimeName runtime = slot.runtime() == null ? all.runtime() : slot.runtime();
        if (slot.profile() != null) {
            return profiles.find(slot.profile());
        }
        return runtime == SlotSpec.RuntimeName.PROCESS
                ? Optional.empty()
                : profiles.usual(slot.type(), slot.device());
    }
}
