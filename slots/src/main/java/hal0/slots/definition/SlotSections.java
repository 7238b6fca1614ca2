package hal0.slots.definition;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import hal0.slots.definition.SlotSpec.Device;
import hal0.slots.definition.SlotSpec.Model;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.definition.SlotSpec.Server;
import hal0.slots.definition.SlotSpec.Slot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The three tables of `slots/NAME.toml`.
final class SlotSections {
    static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,31}");
    static final String NAME_RULE =
            "use 1 to 32 of a-z, 0-9, _ and -, beginning with a letter or a digit";

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final long MAX_SECONDS = Duration.ofDays(365).toSeconds();
    private static final long MAX_MB = 1L << 30;

    /// Every key, with its table; variables are further ones of `server.env`.
    static final List<String> KEYS =
            List.of(
                    "slot.name",
                    "slot.type",
                    "slot.runtime",
                    "slot.image",
                    "slot.command",
                    "slot.device",
                    "slot.gpu_index",
                    "slot.profile",
                    "slot.port",
                    "slot.aliases",
                    "slot.enabled",
                    "slot.pinned",
                    "slot.memory_mb",
                    "slot.cpus",
                    "slot.constraints",
                    "slot.idle_timeout_s",
                    "slot.unload_after_s",
                    "slot.max_parallel",
                    "model.default",
                    "model.context_size",
                    "model.n_gpu_layers",
                    "model.vram_mb",
                    "server.extra_args",
                    "server.env",
                    "server.health_path");

    static final Section<Model> MODEL = section("model", SlotSections::model);
    static final Section<Server> SERVER = section("server", SlotSections::server);

    private SlotSections() {}

    /// `[slot]` of the file with that name.
    static Section<Slot> slot(String fileName) {
        return section("slot", table -> slot(table, fileName));
    }

    private static Slot slot(TableReader table, String fileName) {
        RuntimeName runtime =
                table.choice("runtime", RuntimeName.AUTO, Words.of(RuntimeName.values()));
        Device device = table.choice("device", Device.CPU, Words.of(Device.values()));
        return new Slot(
                name(table, fileName),
                table.choice("type", SlotSpec.Type.LLM, Words.of(SlotSpec.Type.values())),
                table.has("runtime") ? runtime : null,
                image(table, runtime),
                command(table, runtime),
                device,
                gpuIndex(table, device),
                table.stringOrNull("profile"),
                port(table),
                aliases(table, fileName),
                table.bool("enabled", true),
                table.bool("pinned", false),
                table.integer("memory_mb", 0, 0, MAX_MB),
                table.number("cpus", 0, 0),
                constraints(table, runtime),
                seconds(table, "idle_timeout_s"),
                seconds(table, "unload_after_s"),
                (int) table.integer("max_parallel", 4, 1, 10_000));
    }

    private static String name(TableReader table, String fileName) {
        String name = table.string("name", fileName);
        if (name.equals(fileName)) {
            return fileName; // whether it may be one is checked with the file
        }
        if (NAME.matcher(name).matches()) {
            table.problem(
                    "name",
                    "\"%s\" is not the name of the file".formatted(name),
                    "write name = \"%s\", or rename the file to %s.toml".formatted(fileName, name));
        } else {
            table.problem("name", "\"%s\" cannot name a slot".formatted(name), NAME_RULE);
        }
        return fileName;
    }

    private static @Nullable String image(TableReader table, RuntimeName runtime) {
        String image = table.stringOrNull("image");
        if (image != null && runtime == RuntimeName.PROCESS) {
            table.warning("image", "is not used by runtime \"process\"", "a process has `command`");
        }
        return image;
    }

    private static List<String> command(TableReader table, RuntimeName runtime) {
        List<String> command = Words.withGaps(table, "command");
        if (runtime == RuntimeName.PROCESS && command.isEmpty()) {
            table.problem(
                    "command",
                    "runtime \"process\" needs one",
                    "such as command = [\"llama-server\", \"-m\", \"${MODEL}\", \"--port\", \"${PORT}\"]");
        } else if (runtime != RuntimeName.PROCESS && !command.isEmpty()) {
            table.warning("command", "is used by runtime \"process\" only", "use `profile`");
        }
        return command;
    }

    private static int gpuIndex(TableReader table, Device device) {
        int index = (int) table.integer("gpu_index", 0, 0, 255);
        boolean gpu =
                switch (device) {
                    case GPU_CUDA, GPU_ROCM, GPU_VULKAN -> true;
                    case CPU, NPU -> false;
                };
        if (!gpu && index != 0) {
            table.warning(
                    "gpu_index",
                    "is not used by device \"%s\"".formatted(device.word()),
                    "set device to the kind of GPU");
        }
        return index;
    }

    private static @Nullable Integer port(TableReader table) {
        int port = (int) table.integer("port", 1, 1, 65_535);
        return table.has("port") ? port : null;
    }

    private static List<String> aliases(TableReader table, String name) {
        List<String> aliases = table.strings("aliases");
        for (String alias : aliases) {
            if (alias.isBlank() || alias.equals(name)) {
                table.problem("aliases", "\"%s\" is no other name".formatted(alias), "remove it");
            }
        }
        return aliases;
    }

    private static List<String> constraints(TableReader table, RuntimeName runtime) {
        List<String> constraints = table.strings("constraints");
        if (!constraints.isEmpty() && runtime != RuntimeName.SWARM) {
            table.warning("constraints", "are used by runtime \"swarm\" only", "");
        }
        return constraints;
    }

    private static @Nullable Duration seconds(TableReader table, String key) {
        Duration value = Duration.ofSeconds(table.integer(key, 0, 0, MAX_SECONDS));
        return table.has(key) ? value : null;
    }

    private static Model model(TableReader table) {
        return new Model(
                table.stringOrNull("default"),
                table.integer("context_size", 8192, 1, Integer.MAX_VALUE),
                (int) table.integer("n_gpu_layers", -1, -1, 100_000),
                table.integer("vram_mb", 0, 0, MAX_MB));
    }

    private static Server server(TableReader table) {
        List<String> extraArgs = Words.withGaps(table, "extra_args");
        String path = table.string("health_path", "/health");
        Words.requirePath(table, "health_path", path);
        TableReader variables = table.table("env");
        Map<String, String> env = variables.stringMap();
        for (String name : env.keySet()) {
            if (!VARIABLE.matcher(name).matches()) {
                variables.problem(name, "is no name of a variable", "use A-Z, 0-9 and _");
            }
        }
        return new Server(extraArgs, env, path);
    }

    private static <T> Section<T> section(String name, Reading<T> reading) {
        return new Section<>() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public T read(TableReader table) {
                return reading.read(table);
            }
        };
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(TableReader table);
    }
}
