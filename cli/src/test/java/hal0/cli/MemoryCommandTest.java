package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 memory`, without a relay.
class MemoryCommandTest {
    @TempDir Path folder;

    private Ended memory(Path home, String input, String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "memory";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Hal0Process.in(home).input(input).run(all);
    }

    private Ended memory(String... arguments) throws Exception {
        return memory(folder.resolve("a"), "", arguments);
    }

    @Test
    void aNoteIsAddedFoundAndForgotten() throws Exception {
        Ended added = memory("add", "The staging database is read-only", "--tag", "ops");
        assertThat(added.exit()).as(added.err()).isZero();
        assertThat(added.out().strip()).isEqualTo("1");
        assertThat(memory(folder.resolve("a"), "from a pipe\n", "add", "--json").out().strip())
                .isEqualTo("{\"id\": 2, \"known\": false}");

        assertThat(memory("search", "databases", "staged").out())
                .contains("The staging database is read-only", "ops")
                .doesNotContain("pipe");
        JsonNode found = TestHome.json(memory("search", "ops", "--json").out()).get(0);
        assertThat(found.path("id").asInt()).isEqualTo(1);
        assertThat(found.path("tags").get(0).asText()).isEqualTo("ops");

        assertThat(memory("delete", "1", "7"))
                .extracting(Ended::exit, Ended::err)
                .satisfies(seen -> assertThat(seen.toString()).contains("1", "no note 7"));
        assertThat(memory("search", "database").err()).contains("Nothing is remembered");
        assertThat(memory("delete", "--older-than", "0h", "--yes").err()).contains("Forgot 1");
        assertThat(memory("list", "--json").out().strip()).isEqualTo("[ ]");
    }

    @Test
    void whatIsExportedIsRememberedInAnotherHome() throws Exception {
        memory("add", "one", "--bank", "work", "--meta", "k=v");
        memory("add", "two");
        Ended exported = memory("export");
        Path file = Files.writeString(folder.resolve("memory.jsonl"), exported.out());
        Path other = folder.resolve("b");

        assertThat(memory(other, "", "import", file.toString()).err())
                .contains("2 remembered, 0 known");
        assertThat(memory(other, exported.out(), "import").err()).contains("0 remembered, 2 known");
        assertThat(memory(other, "", "export").out()).isEqualTo(exported.out());
        assertThat(memory(other, "", "list", "--banks").out()).contains("work", "default");
    }

    @Test
    void whatIsWrongIsSaidWithItsPlace() throws Exception {
        Ended bad = memory(folder.resolve("a"), "{\"text\":\"ok\"}\nnope\n", "import");
        assertThat(bad.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(bad.err()).contains("standard input, line 2: it is not JSON");

        assertThat(memory("add").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(memory("add", "x", "--bank", "No Bank").err()).contains("cannot name a bank");
        assertThat(memory("delete").exit()).isEqualTo(ExitCode.USAGE);
        assertThat(memory("delete", "--older-than", "1y", "--yes").err()).contains("12h, 90d, 26w");
        assertThat(memory("delete", "--older-than", "1d").exit())
                .as("nobody to ask")
                .isEqualTo(ExitCode.USAGE);
        assertThat(memory("list", "--limit", "0").exit()).isEqualTo(ExitCode.USAGE);
    }
}
