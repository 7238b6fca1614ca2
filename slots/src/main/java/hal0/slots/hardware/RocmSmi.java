package hal0.slots.hardware;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `rocm-smi` tells of GPUs and of who uses their memory.
///
/// **Shape** the words of its keys changed over the years, so several are looked for. A process is
/// told with its memory but not with its GPU, and is counted only where there is one. **Source**
/// `python_smi_tools/rocm_smi.py` of ROCm/rocm_smi_lib (`--json`: `{"card0": {KEY: TEXT}, "system":
/// {…}}`, memory in bytes), read 2026-11-21.
final class RocmSmi {
    static final String NAME = "rocm-smi";
    static final String[] QUESTION = {
        "--showmeminfo",
        "vram",
        "gtt",
        "--showuse",
        "--showtemp",
        "--showpower",
        "--showmaxpower",
        "--showuniqueid",
        "--showproductname",
        "--showdriverversion",
        "--showpids",
        "--json"
    };

    private static final String KIND = "gpu-rocm";
    private static final long MIB = 1024L * 1024;
    private static final Pattern CARD = Pattern.compile("card(\\d{1,3})");
    private static final Pattern PID = Pattern.compile("PID(\\d{1,10})");
    private static final Pattern PROCESS =
            Pattern.compile("(.*?)\\s*,\\s*\\d+\\s*,\\s*(\\d{1,18})\\s*,.*");

    private final List<Gpu> gpus = new ArrayList<>();
    private final List<GpuProcess> processes = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    /// Null for what is not its JSON.
    static @Nullable RocmSmi read(String said) {
        int begin = said.indexOf('{');
        JsonNode tree;
        try {
            // Warnings may stand before it.
            tree = new ObjectMapper().readTree(begin < 0 ? "" : said.substring(begin));
        } catch (JsonProcessingException e) {
            return null;
        }
        if (!tree.isObject()) {
            return null;
        }
        RocmSmi read = new RocmSmi();
        JsonNode system = tree.path("system");
        tree.fieldNames().forEachRemaining(name -> read.card(name, tree.path(name), system));
        read.gpus.sort(Comparator.comparingInt(Gpu::index));
        if (read.gpus.size() == 1) {
            system.fieldNames().forEachRemaining(name -> read.process(name, system.path(name)));
        }
        return read;
    }

    List<Gpu> gpus() {
        return gpus;
    }

    List<GpuProcess> processes() {
        return processes;
    }

    List<String> notes() {
        return notes;
    }

    private void card(String name, JsonNode card, JsonNode system) {
        Matcher matcher = CARD.matcher(name);
        Long total = bytes(card, "VRAM Total Memory (B)");
        if (!matcher.matches() || total == null) {
            return;
        }
        AmdMemory memory =
                AmdMemory.of(
                        total,
                        bytes(card, "VRAM Total Used Memory (B)"),
                        bytes(card, "GTT Total Memory (B)"),
                        bytes(card, "GTT Total Used Memory (B)"));
        if (memory.shared()) {
            notes.add(AmdMemory.note(title(card)));
        }
        gpus.add(
                new Gpu(
                        KIND,
                        Integer.parseInt(matcher.group(1)),
                        text(card, "Unique ID"),
                        title(card),
                        memory.total() / MIB,
                        memory.used() / MIB,
                        memory.free() / MIB,
                        whole(number(card, "GPU use (%)")),
                        whole(
                                number(
                                        card,
                                        "Temperature (Sensor edge) (C)",
                                        "Temperature (Sensor junction) (C)")),
                        number(
                                card,
                                "Average Graphics Package Power (W)",
                                "Current Socket Graphics Package Power (W)"),
                        number(card, "Max Graphics Package Power (W)"),
                        text(system, "Driver version")));
    }

    private void process(String name, JsonNode value) {
        Matcher pid = PID.matcher(name);
        Matcher process = PROCESS.matcher(value.asText());
        if (pid.matches() && process.matches()) {
            processes.add(
                    new GpuProcess(
                            KIND,
                            gpus.getFirst().index(),
                            Long.parseLong(pid.group(1)),
                            process.group(1),
                            Long.parseLong(process.group(2)) / MIB));
        }
    }

    private static String title(JsonNode card) {
        String series = text(card, "Card Series", "Card series", "Device Name", "Card Model");
        return series == null ? "AMD GPU" : series;
    }

    private static @Nullable String text(JsonNode card, String... keys) {
        for (String key : keys) {
            String text = card.path(key).asText("").strip();
            if (!text.isEmpty() && !text.equals("N/A")) {
                return text;
            }
        }
        return null;
    }

    private static @Nullable Double number(JsonNode card, String... keys) {
        String text = text(card, keys);
        try {
            return text == null ? null : Double.valueOf(text);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Long bytes(JsonNode card, String key) {
        Double number = number(card, key);
        return number == null ? null : number.longValue();
    }

    private static @Nullable Integer whole(@Nullable Double number) {
        return number == null ? null : (int) Math.round(number);
    }
}
