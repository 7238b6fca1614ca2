package hal0.cli.doctor;

import hal0.providers.Provider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Mistakes in base URLs that can be seen without asking anybody.
record AddressCheck(List<Provider> declared, List<Provider> presets) implements Check {
    private static final List<String> CALLS =
            List.of("/chat/completions", "/completions", "/messages", "/responses", "/models");

    @Override
    public String id() {
        return "url";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Provider provider : declared) {
            String url = provider.baseUrl().toString();
            String call = CALLS.stream().filter(url::endsWith).findFirst().orElse("");
            String base = url.substring(0, url.length() - call.length());
            if (!call.isEmpty()) {
                rows.add(
                        Row.fail(
                                "url." + provider.id(),
                                "base_url of %s ends in %s, which hal0 appends itself"
                                        .formatted(provider.id(), call),
                                "write base_url = \"%s\"".formatted(base)));
            }
            if ("http".equals(provider.baseUrl().getScheme()) && !isNear(provider.baseUrl())) {
                rows.add(unencrypted(provider, base));
            }
        }
        return rows;
    }

    private Row unencrypted(Provider provider, String base) {
        boolean hosted =
                presets.stream()
                        .anyMatch(preset ->
                                "https".equals(preset.baseUrl().getScheme())
                                        && String.valueOf(preset.baseUrl().getHost())
                                                .equals(provider.baseUrl().getHost()));
        String secure = "https" + base.substring("http".length());
        return Row.bad(
                hosted,
                "url." + provider.id(),
                "%s is called over http: its key and every word can be read on the way"
                        .formatted(provider.id()),
                "write base_url = \"%s\"".formatted(secure));
    }

    /// Of the way to a relay: nothing where that is near and in plain text.
    static Optional<Row> privacy(URI relay, boolean keyed) {
        if ("https".equals(relay.getScheme())) {
            return Optional.of(Row.pass("link.privacy", "the way there is encrypted"));
        }
        return isNear(relay)
                ? Optional.empty()
                : Optional.of(
                        Row.bad(
                                keyed,
                                "link.privacy",
                                "%s is called over http: %severy word can be read on the way"
                                        .formatted(relay, keyed ? "the key and " : ""),
                                "put the relay behind TLS or a tunnel (ssh -L, WireGuard)"));
    }

    /// This machine, or a network that is somebody's own.
    private static boolean isNear(URI url) {
        String host = String.valueOf(url.getHost()).toLowerCase(Locale.ROOT);
        return host.equals("localhost")
                || host.startsWith("127.")
                || host.startsWith("10.")
                || host.startsWith("192.168.")
                || host.matches("172\\.(1[6-9]|2\\d|3[01])\\..*")
                || host.matches("100\\.(6[4-9]|[7-9]\\d|1[01]\\d|12[0-7])\\..*")
                || host.startsWith("[")
                || host.equals("0.0.0.0")
                || !host.contains(".")
                || host.matches(".*\\.(local|lan|internal|home|home\\.arpa|ts\\.net)");
    }
}
