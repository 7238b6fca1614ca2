package hal0.relay.routing;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `[capabilities]`: which slot serves what; the chosen ones by the word for it.
public final class CapabilitiesSection implements Section<Map<String, String>> {
    public static final CapabilitiesSection SECTION = new CapabilitiesSection();

    /// What a slot can be chosen for.
    public static final List<String> WORDS =
            List.of("chat", "agent", "embed", "rerank", "stt", "tts", "img", "vision");

    private CapabilitiesSection() {}

    @Override
    public String name() {
        return "capabilities";
    }

    @Override
    public Map<String, String> read(TableReader table) {
        Map<String, String> chosen = new LinkedHashMap<>();
        for (String word : WORDS) {
            String slot = table.string(word, "").strip();
            if (!slot.isEmpty()) {
                chosen.put(word, slot);
            }
        }
        return Map.copyOf(chosen);
    }
}
