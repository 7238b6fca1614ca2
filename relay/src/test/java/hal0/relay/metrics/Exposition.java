package hal0.relay.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads Prometheus' text format and finds what Prometheus would refuse or `promtool check metrics`
/// complain of.
///
/// **Source** https://prometheus.io/docs/instrumenting/exposition_formats/ (text-based format,
/// version 0.0.4), read 2026-11-21.
public final class Exposition {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (NaN|[+-]Inf|-?[0-9.eE+-]+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    private final Map<String, Double> samples = new LinkedHashMap<>();
    private final Map<String, String> types = new HashMap<>();
    private final Set<String> helped = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    public Exposition(byte[] text) {
        String all = new String(text, UTF_8);
        if (!all.endsWith("\n")) {
            faults.add("the last line does not end");
        }
        all.lines().filter(line -> !line.isEmpty()).forEach(this::line);
        histograms();
    }

    public List<String> faults() {
        return faults;
    }

    /// The value of a sample, written with its labels in the order of their names; 0 when absent.
    public double value(String sample) {
        return samples.getOrDefault(sample, 0.0);
    }

    public Set<String> samples() {
        return samples.keySet();
    }

    private void line(String line) {
        if (line.startsWith("# HELP ")) {
            helped.add(line.split(" ")[2]);
        } else if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ");
            if (types.put(words[2], words[3]) != null) {
                faults.add("two types: " + line);
            }
        } else if (!line.startsWith("#")) {
            sample(line);
        }
    }

    private void sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            faults.add("no sample: " + line);
            return;
        }
        String family = family(matcher.group(1));
        if (!types.containsKey(family) || !helped.contains(family)) {
            faults.add("no type or help before it: " + line);
        } else if (types.get(family).equals("counter") && !family.endsWith("_total")) {
            faults.add("a counter ends in _total: " + line);
        }
        String value = matcher.group(3);
        double number = value.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
        String name = matcher.group(1) + labels(matcher.group(2), line);
        if (samples.put(name, number) != null) {
            faults.add("twice: " + line);
        }
    }

    private String family(String name) {
        for (String suffix : List.of("_bucket", "_sum", "_count")) {
            String base = name.substring(0, Math.max(0, name.length() - suffix.length()));
            if (name.endsWith(suffix) && "histogram".equals(types.get(base))) {
                return base;
            }
        }
        return name;
    }

    private String labels(String text, String line) {
        if (text == null) {
            return "";
        }
        Map<String, String> labels = new TreeMap<>();
        Matcher matcher = LABEL.matcher(text);
        int at = 0;
        while (at < text.length() && matcher.find(at) && matcher.start() == at) {
            labels.put(matcher.group(1), matcher.group(2));
            at = matcher.end();
        }
        if (at != text.length()) {
            faults.add("odd labels: " + line);
        }
        StringBuilder sorted = new StringBuilder();
        labels.forEach((name, value) ->
                sorted.append(sorted.isEmpty() ? "" : ",").append(name + "=" + value));
        return "{" + sorted + "}";
    }

    /// Buckets grow, and the last one holds everything.
    private void histograms() {
        Map<String, Double> last = new LinkedHashMap<>();
        samples.forEach((name, value) -> {
            int bucket = name.indexOf("_bucket{");
            if (bucket >= 0) {
                String series = name.replaceAll(",?le=[^,}]*", "");
                if (last.getOrDefault(series, 0.0) > value) {
                    faults.add("buckets shrink: " + name);
                }
                last.put(series, value);
            }
        });
        last.forEach((series, value) -> {
            String count =
                    series.replace("_bucket{", "_count{").replace("{}", "").replace("{,", "{");
            if (!value.equals(samples.get(count))) {
                faults.add("the last bucket of " + series + " is not its count");
            }
        });
    }
}
