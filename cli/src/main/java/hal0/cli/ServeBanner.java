package hal0.cli;

import java.net.URI;

/// What `hal0 serve` says when it listens: where each kind of client finds it.
///
/// **Shape** lines for standard error. `here` is the name of this machine for others.
final class ServeBanner {
    private ServeBanner() {}

    static String of(URI address, String host, String here) {
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String base = everywhere ? "http://127.0.0.1:" + address.getPort() : address.toString();
        return "hal0 relay at %s%n".formatted(base)
                + "  OpenAI     %s/v1%n".formatted(base)
                + "  Anthropic  %s%n".formatted(base)
                + "  Gemini     %s%n".formatted(base)
                + (everywhere
                        ? "  others     http://%s:%d, on every address of this machine%n"
                                .formatted(here, address.getPort())
                        : "");
    }
}
