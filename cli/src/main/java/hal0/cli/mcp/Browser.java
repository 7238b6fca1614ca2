package hal0.cli.mcp;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Opens an address in the user's browser, where there is a screen for one.
final class Browser {
    private Browser() {}

    /// False when there is no screen, or nothing that opens addresses.
    static boolean open(URI page, Map<String, String> environment) {
        Optional<String> opener = opener(environment, System.getProperty("os.name", ""));
        if (opener.isEmpty()) {
            return false;
        }
        try {
            var _ =
                    new ProcessBuilder(List.of(opener.get(), page.toString()))
                            .redirectInput(Redirect.from(new File("/dev/null")))
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start();
            return true;
        } catch (IOException _) {
            // The address is shown too.
            return false;
        }
    }

    static Optional<String> opener(Map<String, String> environment, String system) {
        if (system.toLowerCase(Locale.ROOT).contains("mac")) {
            return Optional.of("open");
        }
        boolean screen =
                !environment.getOrDefault("DISPLAY", "").isEmpty()
                        || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
        return screen ? Optional.of("xdg-open") : Optional.empty();
    }
}
