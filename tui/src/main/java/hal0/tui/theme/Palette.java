package hal0.tui.theme;

import hal0.tui.text.Role;
import java.util.Map;

/// A theme as it was written.
///
/// **Shape** `roles` has every [Role] and `parts` every [Part]. `background` is what it is made
/// for, as 0xRRGGBB; it is not painted, so a theme for a light background needs one.
public record Palette(
        String name,
        boolean light,
        int background,
        Map<Role, Paint> roles,
        Map<Part, Paint> parts) {

    public Palette {
        roles = Map.copyOf(roles);
        parts = Map.copyOf(parts);
    }

    public Paint of(Role role) {
        return roles.getOrDefault(role, Paint.DEFAULT);
    }

    public Paint of(Part part) {
        return parts.getOrDefault(part, Paint.DEFAULT);
    }
}
