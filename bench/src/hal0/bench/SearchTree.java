package hal0.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.search.FileIndex;
import hal0.agent.search.GlobTool;
import hal0.agent.search.GrepTool;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.ToolRun;
import hal0.agent.workspace.Workspace;
import hal0.providers.http.CancelToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/// Searches a folder with what hal0 brings itself and with ripgrep, in turn.
///
/// **Shape** the arguments are an empty folder, how many files to make in it, and how many rounds
/// there are; the first search of a fresh program is told apart from the median of all.
final class SearchTree {
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Case(String name, String pattern, boolean ignoreCase) {}

    private static final List<Case> CASES =
            List.of(
                    new Case("rare text", "needleInTheHay", false),
                    new Case("no such text", "thereIsNoSuchText", false),
                    new Case("any case", "NEEDLEintheHAY", true),
                    new Case("with a text", "\\w+InThe[A-Z]\\w+\\(", false),
                    new Case("alternatives", "needleIn\\w+|haystackOf\\w+|pitchFork", false),
                    new Case("no text at all", "[A-Z]\\w+\\s*\\([a-z]\\)", false));

    private static final List<String> ENDINGS =
            List.of("java", "ts", "md", "py", "go", "c", "rs", "txt", "json", "log");

    private final Workspace workspace;
    private final int rounds;

    private SearchTree(Workspace workspace, int rounds) {
        this.workspace = workspace;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        SearchTree bench =
                new SearchTree(Workspace.of(Path.of(arguments[0])), Integer.parseInt(arguments[2]));
        bench.make(Integer.parseInt(arguments[1]));
        bench.ripgrep(CASES.getFirst()); // warms the page cache, not the program
        System.out.printf("%-16s %12s %12s %12s %8s%n", "", "first", "hal0", "rg", "ratio");
        for (Case each : CASES) {
            bench.compare(each);
        }
        bench.glob();
        bench.index();
        Runtime memory = Runtime.getRuntime();
        System.out.printf("heap grown to %d MB%n", memory.totalMemory() >> 20);
    }

    /// Sources of two to six kilobytes, a tenth of them ignored.
    private void make(int files) throws IOException {
        Random random = new Random(1);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            StringBuilder line = new StringBuilder();
            for (int word = 0; word < 7; word++) {
                line.append(' ').append(Integer.toString(random.nextInt(1 << 28), 36));
            }
            lines.add(line.toString());
        }
        Files.writeString(workspace.root().resolve(".gitignore"), "*.log\n/build/\nnode_modules\n");
        for (int i = 0; i < files; i++) {
            Path folder = workspace.root().resolve("m" + i / 2000 + "/p" + i / 25 % 80);
            if (i % 25 == 0) {
                Files.createDirectories(folder);
            }
            List<String> text = new ArrayList<>();
            for (int line = 40 + random.nextInt(80); line > 0; line--) {
                text.add(lines.get(random.nextInt(lines.size())));
            }
            if (i % 500 == 8) {
                text.add("  return needleInTheHay(x);");
            }
            Files.write(folder.resolve("File" + i + "." + ENDINGS.get(i % ENDINGS.size())), text);
        }
    }

    private void compare(Case each) throws IOException, InterruptedException {
        GrepTool own = new GrepTool(workspace, null);
        ObjectNode arguments =
                JSON.createObjectNode()
                        .put("pattern", each.pattern)
                        .put("ignore_case", each.ignoreCase)
                        .put("mode", "files");
        double[] ours = new double[rounds];
        double[] theirs = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ours[i] = call(own, arguments);
            theirs[i] = ripgrep(each);
        }
        double first = ours[0];
        double hal0 = median(ours);
        double rg = median(theirs);
        System.out.printf(
                Locale.ROOT,
                "%-16s %9.0f ms %9.0f ms %9.0f ms %8.2f%n",
                each.name,
                first,
                hal0,
                rg,
                hal0 / rg);
    }

    private void glob() {
        ObjectNode arguments = JSON.createObjectNode().put("pattern", "*7.java");
        double[] times = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            times[i] = call(new GlobTool(workspace), arguments);
        }
        System.out.printf(Locale.ROOT, "%-16s %12s %9.0f ms%n", "glob", "", median(times));
    }

    private void index() throws InterruptedException {
        CountDownLatch whole = new CountDownLatch(1);
        long start = System.nanoTime();
        try (FileIndex index = new FileIndex(workspace.root())) {
            index.onChange(() -> {
                if (index.isWhole()) {
                    whole.countDown();
                }
            });
            index.refresh();
            whole.await();
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %12s %9.0f ms for %d names%n",
                    "index",
                    "",
                    since(start),
                    index.size());
            for (String typed : List.of("f", "fi", "file", "file9", "m4p7file", "qqq")) {
                double[] times = new double[rounds];
                for (int i = 0; i < rounds; i++) {
                    long at = System.nanoTime();
                    index.find(typed, 20);
                    times[i] = since(at);
                }
                System.out.printf(
                        Locale.ROOT,
                        "%-16s %9.1f ms %9.1f ms%n",
                        "@" + typed,
                        times[0],
                        median(times));
            }
        }
    }

    private static double call(AgentTool tool, ObjectNode arguments) {
        long start = System.nanoTime();
        tool.plan(arguments).run(new ToolRun("call", new CancelToken(), _ -> {}));
        return since(start);
    }

    private double ripgrep(Case each) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of("rg", "--no-config", "--no-require-git", "--files-with-matches"));
        if (each.ignoreCase) {
            command.add("--ignore-case");
        }
        command.addAll(List.of("--regexp", each.pattern, "--", workspace.root().toString()));
        long start = System.nanoTime();
        Process rg =
                new ProcessBuilder(command)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        rg.waitFor();
        return since(start);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }

    private static double median(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
