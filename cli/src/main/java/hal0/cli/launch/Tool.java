package hal0.cli.launch;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A program that can be wired to the relay.
interface Tool {
    /// The variable that holds the key where a program takes the name of one.
    String KEY = "HAL0_LAUNCH_KEY";

    /// As people call it, and as its executable is called.
    String name();

    /// The command that installs it.
    String install();

    /// The provider whose models it asks for by itself; null where it has to be told a model.
    @Nullable String vendor();

    Wiring wire(Setting setting);

    /// What a tool is wired to.
    ///
    /// **Shape** `relay` is scheme, host and port; `model` is null where the tool's own is to
    /// stand; `models` are all names that may be asked for; `folder` is where files of the run go;
    /// `inherited` is the environment that the tool gets anyway, and empty where nobody runs it.
    record Setting(
            URI relay,
            String key,
            @Nullable String model,
            Supplier<List<String>> models,
            Path folder,
            Map<String, String> inherited) {

        String v1() {
            return relay + "/v1";
        }

        @Override
        public String toString() {
            return "%s, model %s".formatted(relay, model);
        }
    }
}
