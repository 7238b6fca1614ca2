package hal0.slots.definition;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Ports and names, of which there is one each among all slots; aliases are names.
///
/// **Threads** one.
final class Claims {
    private final Map<String, String> claimed = new HashMap<>();

    private record Claim(String kind, String value, String key) {
        String id() {
            return kind + ' ' + value;
        }
    }

    /// The files, with an error at each that claims what one before it has.
    static List<SlotFile> checked(List<SlotFile> files) {
        Claims claims = new Claims();
        return files.stream()
                .map(file -> file.usable() ? file.with(claims.claim(file)) : file)
                .toList();
    }

    /// Takes port and names for a slot, all or nothing; returns what is in the way.
    List<ConfigProblem> claim(SlotFile file) {
        List<Claim> wanted = wanted(file.spec().slot());
        List<ConfigProblem> problems = new ArrayList<>();
        for (Claim claim : wanted) {
            String other = claimed.get(claim.id());
            if (other != null) {
                problems.add(
                        file.problem(
                                Severity.ERROR,
                                "slot." + claim.key(),
                                "%s is taken by %s".formatted(claim.value(), other),
                                "choose another"));
            }
        }
        if (problems.isEmpty()) {
            wanted.forEach(claim -> claimed.put(claim.id(), file.places().file()));
        }
        return problems;
    }

    private static List<Claim> wanted(SlotSpec.Slot slot) {
        List<Claim> wanted = new ArrayList<>();
        wanted.add(new Claim("name", slot.name(), "name"));
        slot.aliases().forEach(alias -> wanted.add(new Claim("name", alias, "aliases")));
        if (slot.port() != null) {
            wanted.add(new Claim("port", slot.port().toString(), "port"));
        }
        return wanted;
    }
}
