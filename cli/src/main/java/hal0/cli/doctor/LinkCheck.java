package hal0.cli.doctor;

import hal0.cli.wiring.RelayAddress;
import hal0.home.Version;
import hal0.relay.control.ControlException;
import hal0.relay.control.Finding;
import hal0.relay.control.HttpLink;
import hal0.relay.guard.Scope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How this machine reaches the relay that `HAL0_API_URL` names, and what that finds about itself.
record LinkCheck(RelayAddress relay, HttpLink link, InstantSource clock) implements Check {
    private static final Duration TOLERATED = Duration.ofMinutes(2);

    @Override
    public String id() {
        return "link";
    }

    @Override
    public List<Row> rows() {
        HttpLink.Seen seen;
        try {
            seen = link.look();
        } catch (ControlException e) {
            return List.of(
                    Row.fail(
                            "link.address",
                            String.valueOf(e.getMessage()),
                            "check HAL0_API_URL, and that hal0 serve runs there"));
        }
        List<Row> rows = new ArrayList<>();
        rows.add(
                Row.pass(
                        "link.address",
                        "%s answers in %d ms".formatted(relay, seen.took().toMillis())));
        AddressCheck.privacy(relay.url(), !relay.token().isEmpty()).ifPresent(rows::add);
        rows.add(key(seen));
        rows.add(clock(seen.date()));
        if (seen.scope() == null) {
            rows.add(Row.skip("link.version", "it is told to who shows a key"));
            return rows;
        }
        rows.add(version());
        rows.addAll(findings(seen.scope()));
        return rows;
    }

    private Row key(HttpLink.Seen seen) {
        if (seen.scope() == null) {
            return relay.token().isEmpty()
                    ? Row.fail(
                            "link.key",
                            "it wants a key, and HAL0_API_KEY is not set",
                            "make one there (hal0 keys create NAME --scope admin) and export HAL0_API_KEY here")
                    : Row.fail(
                            "link.key",
                            "HAL0_API_KEY holds a key that it refuses",
                            "make another one there: hal0 keys create NAME --scope admin");
        }
        if (!isAdmin(seen.scope())) {
            return Row.warn(
                    "link.key",
                    "the key \"%s\" is of scope %s: models can be asked with it, and little else"
                            .formatted(seen.name(), seen.scope()),
                    "to operate the relay, make one there with --scope admin");
        }
        return Row.pass(
                "link.key",
                relay.token().isEmpty()
                        ? "none is needed from here"
                        : "\"%s\" opens everything".formatted(seen.name()));
    }

    private static boolean isAdmin(String scope) {
        return scope.equals(Scope.ADMIN.word());
    }

    private Row clock(@Nullable Instant there) {
        if (there == null) {
            return Row.skip("link.clock", "it does not tell the time");
        }
        Duration apart = Duration.between(there, clock.instant());
        return apart.abs().compareTo(TOLERATED) > 0
                ? Row.warn(
                        "link.clock",
                        "its clock is %d s %s this machine's"
                                .formatted(
                                        apart.abs().toSeconds(),
                                        apart.isNegative() ? "ahead of" : "behind"),
                        "set both by the network: timedatectl set-ntp true")
                : Row.pass("link.clock", "both clocks agree");
    }

    private Row version() {
        String own = Version.current();
        try {
            String there = link.version();
            return there.equals(own)
                    ? Row.pass("link.version", "both are hal0 " + own)
                    : Row.warn(
                            "link.version",
                            "it is hal0 %s, and this is hal0 %s".formatted(there, own),
                            "use the same version on both sides");
        } catch (ControlException e) {
            return Row.warn("link.version", String.valueOf(e.getMessage()), "");
        }
    }

    private List<Row> findings(String scope) {
        if (!isAdmin(scope)) {
            return List.of(
                    Row.skip("relay", "what it finds about itself needs a key of scope admin"));
        }
        try {
            return link.findings().stream().map(LinkCheck::row).toList();
        } catch (ControlException e) {
            return List.of(Row.warn("relay", String.valueOf(e.getMessage()), ""));
        }
    }

    private static Row row(Finding finding) {
        return new Row(finding.id(), finding.status(), finding.message(), finding.fix());
    }
}
