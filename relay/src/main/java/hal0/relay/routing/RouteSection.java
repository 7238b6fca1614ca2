package hal0.relay.routing;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.relay.routing.NamedRoute.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `[[route]]` of `config.toml`.
///
/// **Shape** what each table says on its own, and that no name is used twice; whether targets exist
/// is for [RouteCheck]. A route with a single target has nowhere else to go: its clocks are the
/// target's own unless they are written down.
public final class RouteSection implements Section<List<NamedRoute>> {
    public static final RouteSection SECTION = new RouteSection();

    private static final int USUAL_RETRIES = 2;
    private static final double USUAL_FIRST_TOKEN_SECONDS = 10;
    private static final double USUAL_IDLE_SECONDS = 15;
    private static final int MOST_RETRIES = 10;

    private RouteSection() {}

    @Override
    public String name() {
        return "route";
    }

    @Override
    public List<NamedRoute> read(TableReader list) {
        Map<String, Integer> lines = new HashMap<>();
        List<NamedRoute> all = new ArrayList<>();
        for (TableReader table : list.items()) {
            NamedRoute route = read(table, lines);
            if (route != null) {
                all.add(route);
            }
        }
        return List.copyOf(all);
    }

    /// Null when it has no name or no target.
    private static @Nullable NamedRoute read(TableReader table, Map<String, Integer> lines) {
        String model = table.string("model", "").strip();
        List<String> targets = targets(table);
        boolean several = targets.size() > 1;
        Strategy strategy = table.choice("strategy", Strategy.FALLBACK, Strategy.words());
        List<Double> weights = weights(table, strategy, targets.size());
        Patience patience = patience(table, several);
        List<String> aliases = aliases(table, model, lines);
        if (model.isEmpty()) {
            table.problem(
                    table.has("model") ? "model" : null,
                    "the route has no name",
                    "add model = \"smart\"; clients ask for that");
            return null;
        }
        return targets.isEmpty() || !isFree("model", model, table, lines)
                ? null
                : new NamedRoute(
                        model,
                        targets,
                        strategy,
                        weights,
                        patience,
                        aliases,
                        table.path(),
                        table.line());
    }

    private static List<String> targets(TableReader table) {
        List<String> targets = table.strings("targets").stream().map(String::strip).toList();
        Set<String> distinct = new LinkedHashSet<>(targets);
        if (targets.isEmpty() && !table.has("targets")) {
            table.problem(
                    null,
                    "the route leads nowhere",
                    "add targets = [\"PROVIDER/MODEL\"], such as [\"anthropic/claude-sonnet-4-5\"]");
        } else if (targets.isEmpty() || targets.contains("")) {
            table.problem(
                    "targets",
                    targets.isEmpty() ? "the route leads nowhere" : "a target is empty",
                    "for example targets = [\"anthropic/claude-sonnet-4-5\"]");
            return List.of();
        } else if (distinct.size() < targets.size()) {
            table.problem("targets", "a target is named twice", "name each target once");
        }
        return targets;
    }

    private static List<Double> weights(TableReader table, Strategy strategy, int targets) {
        List<Double> weights = table.numbers("weights", 0);
        boolean weighted = strategy == Strategy.WEIGHTED;
        if (!weights.isEmpty() && !weighted) {
            table.warning(
                    "weights",
                    "the strategy is \"%s\"".formatted(strategy.word()),
                    "weights count with strategy = \"weighted\" only");
            return List.of();
        }
        if (weights.isEmpty() && !weighted) {
            return weights;
        }
        String example = "for example weights = " + example(Math.max(targets, 1));
        if (weights.isEmpty()) {
            if (!table.has("weights")) {
                table.problem("strategy", "\"weighted\" needs weights", "add them: " + example);
            }
        } else if (weights.size() != targets) {
            table.problem(
                    "weights",
                    "%d weights for %d targets".formatted(weights.size(), targets),
                    "write one for each target, " + example);
            return List.of();
        } else if (weights.stream().allMatch(weight -> weight == 0)) {
            table.problem("weights", "all of them are 0", example);
            return List.of();
        }
        return weights;
    }

    private static String example(int targets) {
        List<Integer> weights = new ArrayList<>();
        for (int i = targets; i > 0; i--) {
            weights.add(i);
        }
        return weights.toString();
    }

    private static Patience patience(TableReader table, boolean several) {
        return new Patience(
                table.has("retries") || several
                        ? Integer.valueOf(
                                (int) table.integer("retries", USUAL_RETRIES, 0, MOST_RETRIES))
                        : null,
                seconds(table, "first_token_timeout_seconds", several, USUAL_FIRST_TOKEN_SECONDS),
                seconds(table, "idle_timeout_seconds", several, USUAL_IDLE_SECONDS),
                table.bool("rescue_midstream", true));
    }

    private static @Nullable Duration seconds(
            TableReader table, String key, boolean several, double usual) {
        if (!several && !table.has(key)) {
            return null;
        }
        return Duration.ofMillis(Math.round(table.number(key, usual, 0.001) * 1000));
    }

    private static List<String> aliases(
            TableReader table, String model, Map<String, Integer> lines) {
        List<String> aliases = new ArrayList<>();
        for (String alias : table.strings("aliases")) {
            if (alias.isBlank()) {
                table.problem("aliases", "an alias is empty", "remove it");
            } else if (alias.equals(model)) {
                table.problem(
                        "aliases", "\"%s\" is the route itself".formatted(alias), "remove it");
            } else if (isFree("aliases", alias, table, lines)) {
                aliases.add(alias);
            }
        }
        return aliases;
    }

    private static boolean isFree(
            String key, String name, TableReader table, Map<String, Integer> lines) {
        Integer before = lines.putIfAbsent(name, table.line());
        if (before != null) {
            table.problem(
                    key,
                    "\"%s\" is the name of the route in line %d already".formatted(name, before),
                    "give one of the two another name");
        }
        return before == null;
    }
}
