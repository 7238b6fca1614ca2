package hal0.slots.definition;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.slots.definition.Argument.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandWordsTest {

    private static String merged(String base, String later) {
        CommandWords words = new CommandWords();
        words.add(Source.BASE, "", Arrays.asList(base.strip().split(" ")));
        words.add(Source.EXTRA_ARGS, "slots/a.toml:3", Arrays.asList(later.strip().split(" ")));
        return text(words);
    }

    private static String text(CommandWords words) {
        return String.join(
                " ",
                words.merged().stream()
                        .flatMap(item -> item.words().stream())
                        .map(Argument::text)
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    -c 8192 -m x               | -c 4096                 | -m x -c 4096
                    -c 8192 -m x               | --ctx-size 4096         | -m x --ctx-size 4096
                    -c 8192 -m x               | --ctx-size=4096         | -m x --ctx-size=4096
                    --ctx-size=8192 -m x       | -c 4096                 | -m x -c 4096
                    -ngl 99                    | --n-gpu-layers -1       | --n-gpu-layers -1
                    -ngl -1 --port 1           | --gpu-layers 10         | --port 1 --gpu-layers 10
                    -m a                       | --model b               | --model b
                    --lora a                   | --lora b --lora=c       | --lora a --lora b --lora=c
                    -ot a=CPU                  | --override-tensor b=CPU | -ot a=CPU --override-tensor b=CPU
                    --mmap --port 1            | --no-mmap               | --port 1 --no-mmap
                    --no-webui                 | --webui                 | --webui
                    --host 0.0.0.0             | --no-host               | --host 0.0.0.0 --no-host
                    -fa on                     | --flash-attn off        | --flash-attn off
                    -fa                        | -fa off                 | -fa off
                    serve model -c 1           | -c 2                    | serve model -c 2
                    --jinja x.gguf             | --jinja                 | x.gguf --jinja
                    --control-vector-layer-range 1 2 x | --control-vector-layer-range 3 4 | x --control-vector-layer-range 3 4
                    python -m vllm --model a   | --model b               | python -m vllm --model b
                    env A=1 bash -c run        | -c 5                    | env A=1 bash -c run -c 5
                    --temp -0.5                | --temp 1                | --temp 1
                    -c 1 -- -c 2               | -c 3                    | -- -c 2 -c 3
                    """)
    void whatComesLaterReplacesWhatItGivesAgain(String base, String later, String expected) {
        assertThat(merged(base, later)).isEqualTo(expected);
    }

    @Test
    void strongestSourceWinsWhereverItStands() {
        CommandWords words = new CommandWords();
        words.add(Source.SLOT, "", List.of("llama-server", "-c", "1"));
        words.add(Source.BASE, "", List.of("--ctx-size", "2", "--port", "3"));
        assertThat(text(words)).isEqualTo("llama-server -c 1 --port 3");
    }

    @Test
    void everyWordKnowsWhoPutItThere() {
        CommandWords words = new CommandWords();
        words.add(Source.BASE, "", List.of("-m", "x", "-c", "1"));
        words.add(Source.PROFILE, "profiles.toml:4", List.of("-c", "2"));
        assertThat(words.merged().stream().flatMap(item -> item.words().stream()))
                .containsExactly(
                        new Argument("-m", Source.BASE, ""),
                        new Argument("x", Source.BASE, ""),
                        new Argument("-c", Source.PROFILE, "profiles.toml:4"),
                        new Argument("2", Source.PROFILE, "profiles.toml:4"));
    }

    /// Any number of sources gives any of some flags in any of their forms: the last one to give a
    /// flag is the only one left, and everything else is untouched.
    @Test
    void precedenceHoldsForRandomCommandLines() {
        List<List<String>> flags =
                List.of(
                        List.of("-c", "--ctx-size"),
                        List.of("-ngl", "--n-gpu-layers", "--gpu-layers"),
                        List.of("-m", "--model"),
                        List.of("--port"),
                        List.of("--x-unknown"));
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            CommandWords words = new CommandWords();
            Map<Integer, String> expected = new HashMap<>();
            int repeated = 0;
            for (Source source : Source.values()) {
                List<String> given = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    int which = random.nextInt(flags.size() + 1);
                    String value = source.word() + random.nextInt(100);
                    if (which == flags.size()) {
                        given.addAll(List.of("--lora", value));
                        repeated++;
                        continue;
                    }
                    List<String> names = flags.get(which);
                    String name = names.get(random.nextInt(names.size()));
                    given.addAll(
                            random.nextBoolean()
                                    ? List.of(name + "=" + value)
                                    : List.of(name, value));
                    expected.put(which, value);
                }
                words.add(source, "", given);
            }
            List<CommandWords.Item> left = words.merged();
            Map<Integer, String> found = new HashMap<>();
            for (CommandWords.Item item : left) {
                for (int which = 0; which < flags.size(); which++) {
                    if (flags.get(which).contains(item.words().getFirst().text().split("=")[0])) {
                        found.put(which, item.value().orElseThrow());
                        String strongest = expected.get(which).replaceAll("\\d+", "");
                        assertThat(item.source().word()).as("seed %d", seed).isEqualTo(strongest);
                    }
                }
            }
            assertThat(found).as("seed %d", seed).isEqualTo(expected);
            assertThat(left.stream().filter(item -> "--lora".equals(item.flag())))
                    .as("seed %d", seed)
                    .hasSize(repeated);
        }
    }
}
