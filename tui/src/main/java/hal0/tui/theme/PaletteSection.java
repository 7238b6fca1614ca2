package hal0.tui.theme;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.tui.text.Role;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// The keys of a file that holds a theme; what it leaves out is taken from `base`, which is asked
/// only then.
record PaletteSection(String themeName, Function<Boolean, Palette> base)
        implements Section<Palette> {
    @Override
    public String name() {
        return "";
    }

    @Override
    public Palette read(TableReader table) {
        return palette(
                table.bool("light", false),
                key -> table.parsed(key, Paint::parse),
                table.parsed("background", Paint::rgb));
    }

    /// Of what a file says, however that was read.
    Palette palette(
            boolean light, Function<String, Optional<Paint>> paints, Optional<Integer> background) {
        Map<Role, Paint> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String key = role == Role.PLAIN ? "text" : key(role);
            roles.put(role, paints.apply(key).orElseGet(() -> base.apply(light).of(role)));
        }
        Map<Part, Paint> parts = new EnumMap<>(Part.class);
        for (Part part : Part.values()) {
            parts.put(part, paints.apply(key(part)).orElseGet(() -> base.apply(light).of(part)));
        }
        int behind = background.orElseGet(() -> light ? 0xFFFFFF : 0);
        return new Palette(themeName, light, behind, roles, parts);
    }

    private static String key(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
