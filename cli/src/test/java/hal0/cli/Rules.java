package hal0.cli;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.GeneralCodingRules;
import hal0.providers.http.CancelToken;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// What holds for the main code of all modules: who may use whom, and what nobody does.
///
/// **Shape** each rule by a name; `ArchitectureTest` checks them, and that each can fail.
final class Rules {
    /// A module and the packages of ours that it may use, its own left out.
    private static final Map<String, String[]> MODULES =
            Map.of(
                    "home", packages(),
                    "providers", packages("hal0.home.."),
                    "slots", packages("hal0.home..", "hal0.providers.."),
                    "agent", packages("hal0.home..", "hal0.providers.."),
                    "relay", packages("hal0.home..", "hal0.providers..", "hal0.slots.."),
                    "tui",
                            packages(
                                    "hal0.home..",
                                    "hal0.providers..",
                                    "hal0.agent..",
                                    "hal0.relay.control..",
                                    // What the control plane answers about approvals.
                                    "hal0.relay.approval.."));

    /// A library and the packages that may know it.
    private record Fence(String[] library, String[] users) {}

    private static final List<Fence> FENCES =
            List.of(
                    new Fence(packages("okhttp3..", "okio.."), packages("hal0.providers.http..")),
                    new Fence(packages("io.helidon.."), packages("hal0.relay..")),
                    new Fence(
                            packages("org.jline..", "com.googlecode.lanterna.."),
                            packages("hal0.tui..")),
                    new Fence(packages("picocli.."), packages("hal0.cli..")),
                    new Fence(packages("org.tomlj.."), packages("hal0.home.config..")),
                    new Fence(packages("org.snakeyaml.."), packages("hal0.providers.imported..")),
                    new Fence(
                            packages("java.sql..", "javax.sql..", "org.sqlite.."),
                            packages(
                                    "hal0.home.store..",
                                    "hal0.home.ledger..",
                                    "hal0.home.activity..",
                                    "hal0.home.key..",
                                    "hal0.home.response..",
                                    "hal0.home.memory..")),
                    new Fence(packages("io.prometheus.."), packages("hal0.relay.metrics..")),
                    new Fence(
                            packages("io.modelcontextprotocol..", "reactor.."),
                            packages("hal0.relay.mcp..")),
                    new Fence(
                            packages("com.github.dockerjava.."),
                            packages(
                                    "hal0.slots.engine..",
                                    "hal0.slots.docker..",
                                    "hal0.slots.swarm..")),
                    new Fence(packages("org.luaj.."), packages("hal0.providers.script.child..")),
                    new Fence(packages("java.util.logging.."), packages("hal0.cli..")));

    private Rules() {}

    static Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        MODULES.forEach(
                (module, uses) -> rules.put("direction of " + module, direction(module, uses)));
        FENCES.forEach(fence ->
                rules.put("fence of " + fence.library()[0], fence(fence.library(), fence.users())));
        rules.put("no package cycles", noCycles());
        rules.put("null-marked packages", nullMarked());
        rules.put("standard streams", standardStreams());
        rules.put("declared throws", declaredThrows());
        rules.put("thrown types", thrownTypes());
        rules.put("sleep", sleep());
        return rules;
    }

    private static ArchRule direction(String module, String[] uses) {
        String own = "hal0." + module + "..";
        String[] allowed =
                Stream.concat(Arrays.stream(uses), Stream.of(own)).toArray(String[]::new);
        return noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("hal0..").and(resideOutsideOfPackages(allowed)))
                .because("design.md gives the direction between modules");
    }

    private static ArchRule fence(String[] library, String[] users) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(users)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .because("only " + String.join(", ", users) + " may know that library");
    }

    /// `CancelToken` is left out: it uses nothing of ours, and everything that can be cancelled
    /// takes one.
    private static ArchRule noCycles() {
        return slices().matching("hal0.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(DescribedPredicate.alwaysTrue(), equivalentTo(CancelToken.class));
    }

    private static ArchRule nullMarked() {
        return classes()
                .should(
                        new ArchCondition<>("be in a @NullMarked package") {
                            @Override
                            public void check(JavaClass type, ConditionEvents events) {
                                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                                    String text = type.getPackageName() + " is not @NullMarked";
                                    events.add(SimpleConditionEvent.violated(type, text));
                                }
                            }
                        });
    }

    private static ArchRule standardStreams() {
        return noClasses()
                .that()
                .resideOutsideOfPackage("hal0.cli..")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .because("the screen belongs to the terminal client");
    }

    /// Lambdas are left out: the compiler gives them the clause of their interface.
    private static ArchRule declaredThrows() {
        return methods()
                .that(are(written()))
                .should(
                        new ArchCondition<>("name what they throw") {
                            @Override
                            public void check(JavaMethod method, ConditionEvents events) {
                                for (JavaClass type :
                                        method.getExceptionTypes().stream()
                                                .map(t -> t.toErasure())
                                                .toList()) {
                                    if (type.isEquivalentTo(Exception.class)
                                            || type.isEquivalentTo(Throwable.class)) {
                                        String text =
                                                method.getFullName()
                                                        + " throws "
                                                        + type.getSimpleName();
                                        events.add(SimpleConditionEvent.violated(method, text));
                                    }
                                }
                            }
                        });
    }

    private static DescribedPredicate<JavaMethod> written() {
        return DescribedPredicate.describe(
                "written by people", m -> !m.getModifiers().contains(JavaModifier.SYNTHETIC));
    }

    private static ArchRule thrownTypes() {
        return noClasses()
                .should(GeneralCodingRules.THROW_GENERIC_EXCEPTIONS)
                .because("who catches must be able to tell failures apart");
    }

    private static ArchRule sleep() {
        return noClasses()
                .should()
                .callMethodWhere(
                        target(owner(equivalentTo(Thread.class))).and(target(name("sleep"))))
                .because("who waits must be wakeable: wait on a condition or a CancelToken");
    }

    private static String[] packages(String... names) {
        return names;
    }
}
