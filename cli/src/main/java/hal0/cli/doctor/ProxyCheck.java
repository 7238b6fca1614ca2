package hal0.cli.doctor;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether proxy settings keep other programs from reaching the relay on this machine.
record ProxyCheck(Map<String, String> environment) implements Check {
    @Override
    public String id() {
        return "proxy";
    }

    @Override
    public List<Row> rows() {
        Optional<String> name =
                Stream.of("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
                        .filter(variable -> value(variable).isPresent())
                        .findFirst();
        if (name.isEmpty()) {
            return List.of(Row.pass("proxy", "no proxy is set"));
        }
        if (!isAddress(value(name.get()).orElse(""))) {
            return List.of(
                    Row.fail(
                            "proxy",
                            name.get() + " is not an address",
                            "export %s=http://host:port".formatted(name.get())));
        }
        String exceptions = value("NO_PROXY").orElse("");
        boolean loopback =
                Stream.of(exceptions.split(","))
                        .map(String::trim)
                        .anyMatch(rule -> rule.equals("*") || rule.startsWith("127.0.0.1"));
        return List.of(
                loopback
                        ? Row.pass("proxy", name.get() + " is set, and 127.0.0.1 is excepted")
                        : Row.warn(
                                "proxy",
                                "%s is set and NO_PROXY does not name 127.0.0.1: other programs will look for the relay through the proxy"
                                        .formatted(name.get()),
                                "export NO_PROXY=%slocalhost,127.0.0.1"
                                        .formatted(exceptions.isEmpty() ? "" : exceptions + ",")));
    }

    private Optional<String> value(String name) {
        return Stream.of(name, name.toLowerCase(Locale.ROOT))
                .map(variable -> environment.getOrDefault(variable, "").trim())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    private static boolean isAddress(String text) {
        try {
            return URI.create(text.contains("://") ? text : "http://" + text).getHost() != null;
        } catch (IllegalArgumentException e) {
            return false; // its text may hold a password and is not repeated
        }
    }
}
