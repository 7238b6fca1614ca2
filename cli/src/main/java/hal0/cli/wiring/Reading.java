package hal0.cli.wiring;

import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import hal0.home.config.Settings;
import hal0.providers.Provider;
import hal0.providers.config.ActiveSection;
import hal0.providers.config.Declarations;
import hal0.providers.config.LegacyProviderSection;
import hal0.relay.routing.RouteCheck;
import hal0.relay.routing.RouteSection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the configuration files of a home say, taken together: a pure function of their text.
///
/// **Shape** `problems` are those of both files and between them. What is `fatal` keeps its file
/// from being used; what is wrong in one provider's table keeps that one out.
record Reading(
        ConfigSections sections,
        Settings config,
        Settings upstreams,
        Declarations named,
        Declarations listed,
        List<ConfigProblem> problems) {

    Reading {
        problems = List.copyOf(problems);
    }

    /// Of two files as they are now; entries that are wrong are as `before` had them.
    /// `isKnownElsewhere` tells ids that neither file has to declare.
    static Reading of(
            ConfigSections sections,
            Settings config,
            Settings upstreams,
            Predicate<String> isKnownElsewhere,
            Optional<Reading> before) {
        Declarations named =
                Declarations.of(
                        config.get(sections.providers()),
                        config.problems(),
                        before.map(Reading::named).orElse(Declarations.NONE));
        Declarations listed =
                Declarations.of(
                        upstreams.get(sections.upstreams()),
                        upstreams.problems(),
                        before.map(Reading::listed).orElse(Declarations.NONE));
        List<ConfigProblem> problems = new ArrayList<>(config.problems());
        problems.addAll(upstreams.problems());
        named.clashes(listed).forEach(clash -> problems.add(clash.problem()));
        Reading reading = new Reading(sections, config, upstreams, named, listed, problems);
        return reading.with(reading.unknownActive(isKnownElsewhere).stream().toList())
                .with(reading.wrongRoutes(isKnownElsewhere));
    }

    private Reading with(List<ConfigProblem> further) {
        List<ConfigProblem> more = new ArrayList<>(problems);
        more.addAll(further);
        return new Reading(sections, config, upstreams, named, listed, more);
    }

    /// The active provider has to exist; where a file cannot be used, it may be the one that
    /// declares it.
    private Optional<ConfigProblem> unknownActive(Predicate<String> isKnownElsewhere) {
        Optional<ActiveSection.Active> active = config.get(sections.active());
        boolean unknown =
                fatal().isEmpty()
                        && active.isPresent()
                        && !isKnownElsewhere.test(active.get().provider())
                        && !declares(active.get().provider());
        return unknown ? Optional.of(unknown(active.get().provider())) : Optional.empty();
    }

    /// What routes name has to exist.
    private List<ConfigProblem> wrongRoutes(Predicate<String> isKnownElsewhere) {
        List<String> ids = new ArrayList<>();
        named.all().forEach(declared -> ids.add(declared.id()));
        listed.all().forEach(declared -> ids.add(declared.id()));
        sections.presets().all().forEach(preset -> ids.add(preset.id()));
        return RouteCheck.problems(
                config.get(RouteSection.SECTION),
                id -> isKnownElsewhere.test(id) || declares(id),
                ids);
    }

    private boolean declares(String id) {
        return named.find(id).isPresent()
                || listed.find(id).isPresent()
                || legacy().filter(old -> old.provider().id().equals(id)).isPresent();
    }

    private ConfigProblem unknown(String provider) {
        String key = "active.provider";
        int line =
                config.settings().stream()
                        .filter(setting -> setting.path().equals(key))
                        .map(setting -> setting.origin().replaceAll(".*:", ""))
                        .filter(number -> number.matches("\\d+"))
                        .mapToInt(Integer::parseInt)
                        .findFirst()
                        .orElse(0);
        return new ConfigProblem(
                Severity.ERROR,
                "config.toml",
                line,
                0,
                key,
                "there is no provider \"%s\"".formatted(provider),
                "declare [providers.%s], or name a preset such as \"demo\"".formatted(provider));
    }

    Optional<LegacyProviderSection.Legacy> legacy() {
        return config.get(sections.legacy());
    }

    /// What keeps a file from being used at all.
    List<ConfigProblem> fatal() {
        return errors().stream().filter(p -> !Declarations.isOfOneEntry(p)).toList();
    }

    boolean canUse(String file) {
        return fatal().stream().noneMatch(problem -> problem.file().equals(file));
    }

    /// What keeps single providers out.
    List<ConfigProblem> ofEntries() {
        return errors().stream().filter(Declarations::isOfOneEntry).toList();
    }

    private List<ConfigProblem> errors() {
        return problems.stream().filter(p -> p.severity() == Severity.ERROR).toList();
    }

    /// The providers of `config.toml`.
    List<Provider> namedProviders() {
        List<Provider> providers = new ArrayList<>(named.providers());
        legacy().ifPresent(old -> providers.add(old.provider()));
        return providers;
    }
}
