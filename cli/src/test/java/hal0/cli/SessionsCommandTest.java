package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.providers.testing.ScriptedProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `hal0 sessions`, and going on with one of them on the screen.
class SessionsCommandTest {
    private static final String HEAD =
            "{\"format\":2,\"id\":\"x\",\"cwd\":\"%s\",\"provider\":\"oa\",\"model\":\"m1\",\"started\":\"2026-11-21T12:00:00Z\"}\n";
    private static final String QUESTION =
            "{\"type\":\"user\",\"at\":\"2026-11-21T12:00:01Z\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}]}\n";
    private static final String ANSWER =
            "{\"type\":\"assistant\",\"at\":\"2026-11-21T12:00:02Z\",\"request_id\":\"r\",\"provider\":\"oa\",\"model\":\"m1\",\"parts\":[{\"type\":\"text\",\"text\":\"%s\"}],\"stop\":\"end\",\"usage\":{\"input\":100,\"output\":20},\"cost_usd\":0.25}\n";
    private static final String CALL =
            "{\"type\":\"assistant\",\"at\":\"2026-11-21T12:00:03Z\",\"request_id\":\"r\",\"provider\":\"oa\",\"model\":\"m1\",\"parts\":[{\"type\":\"tool_call\",\"id\":\"c\",\"name\":\"read\",\"arguments\":\"{\\\"path\\\":\\\"notes.md\\\"}\"}],\"stop\":\"tool_calls\",\"usage\":{\"input\":100,\"output\":20},\"cost_usd\":0.25}\n"
                    + "{\"type\":\"tool\",\"at\":\"2026-11-21T12:00:04Z\",\"call_id\":\"c\",\"failed\":true,\"content\":[{\"type\":\"text\",\"text\":\"there is no notes.md\"}]}\n";

    @TempDir Path folder;
    private final ScriptedProvider openAi = ScriptedProvider.openAi();
    private TestHome home;

    @BeforeEach
    void configure() throws Exception {
        home = new TestHome(folder).providers(openAi.baseUrl(), openAi.baseUrl());
        Files.createDirectories(home.session("x").getParent());
        session(
                "20261121-120000-000-aaaa",
                QUESTION.formatted("Where is the harbour?") + ANSWER.formatted("In the *north*."));
        session(
                "20261121-130000-000-bbbb",
                QUESTION.formatted("Read my notes") + CALL + ANSWER.formatted("There are none."));
    }

    @AfterEach
    void close() {
        openAi.close();
    }

    @Test
    void listTellsTheLatestFirst() throws Exception {
        Ended listed = sessions("list", "--json");
        assertThat(listed.exit()).as(listed.err()).isZero();
        JsonNode json = TestHome.json(listed.out());
        assertThat(json.findValuesAsText("title"))
                .containsExactlyInAnyOrder("Read my notes", "Where is the harbour?");
        JsonNode notes = json.get(json.findValuesAsText("title").indexOf("Read my notes"));
        assertThat(notes.path("cost_usd").decimalValue()).isEqualByComparingTo("0.50");
        assertThat(notes.path("messages").asInt()).isEqualTo(3);
        assertThat(notes.path("cwd").asText()).isEqualTo("/somewhere");

        assertThat(sessions("list").out())
                .contains("TITLE", "20261121-120000-000-aaaa", "oa/m1", "$0.25");
        Ended here = sessions("list", "--here");
        assertThat(here.out()).isEmpty();
        assertThat(here.err()).contains("no session");
    }

    @Test
    void searchNamesSessionAndEntry() throws Exception {
        Ended found = sessions("search", "HARBOUR", "--json");
        assertThat(TestHome.json(found.out()).get(0).path("id").asText()).endsWith("aaaa");
        assertThat(TestHome.json(found.out()).get(0).path("entry").asInt()).isZero();
        Ended none = sessions("search", "lighthouse");
        assertThat(none.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(none.out()).isEmpty();
    }

    @Test
    void oneIsShownForkedExportedAndDeleted() throws Exception {
        assertThat(sessions("show", "bbbb").out())
                .contains(
                        "#0 user",
                        "Read my notes",
                        "▸ read {\"path\":\"notes.md\"}",
                        "failed: there is no notes.md",
                        "#3 oa m1");
        String fork = sessions("fork", "bbbb", "--before", "3").out().strip();
        assertThat(sessions("show", fork).out())
                .contains("Read my notes")
                .doesNotContain("There are none.");
        assertThat(sessions("export", "bbbb").out())
                .contains("# Session 20261121-130000-000-bbbb", "<summary>read — failed</summary>");
        Path file = folder.resolve("talk.json");
        assertThat(sessions("export", "bbbb", "--json", "-o", file.toString()).out()).isEmpty();
        JsonNode json = TestHome.json(Files.readString(file));
        assertThat(json.path("entries")).hasSize(4);

        assertThat(sessions("delete", "bbbb", "aaaa").err())
                .contains("Deleted 20261121-130000-000-bbbb.");
        assertThat(home.sessions())
                .extracting(Path::getFileName)
                .extracting(Path::toString)
                .containsExactly(fork + ".jsonl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "show zzzz|3|there is no session \"zzzz\"",
                "show 20261121|3|fits 2 sessions",
                "fork aaaa --message 2|2|has no 2. message of yours",
                "fork aaaa --before 0|2|nothing to copy before entry 0",
                "fork aaaa --before 1 --message 1|2|one or the other",
                "search|2|WORDS",
                "list --limit -1|2|--limit is 0 or more"
            })
    void whatIsWrongIsSaid(String arguments, int exit, String message) throws Exception {
        Ended ended = sessions(arguments.split(" "));
        assertThat(ended.exit()).isEqualTo(exit);
        assertThat(ended.err()).contains(message);
    }

    @Test
    void resumedSessionIsShownAndToldToTheModel() throws Exception {
        openAi.says("Ask the harbour master.");
        try (PtyProgram hal0 = PtyProgram.start(home.hal0(), "--resume", "bbbb")) {
            hal0.await(
                    "› Read my notes",
                    "✗ read {\"path\":\"notes.md\"}",
                    "there is no notes.md",
                    "There are none.",
                    "Spend: $0.50",
                    "This session began in /somewhere");
            hal0.type("and now\r");
            hal0.await("Ask the harbour master.");
            hal0.type("/exit\r");
            assertThat(hal0.ended()).isZero();
        }
        assertThat(openAi.takeAsked().body())
                .contains("Read my notes", "there is no notes.md", "There are none.", "and now");
        assertThat(Files.readString(home.session("20261121-130000-000-bbbb")))
                .contains("Ask the harbour master.");
        assertThat(home.sessions()).hasSize(2);
    }

    @Test
    void continuingWithoutASessionOfThisFolderSaysWhereToLook() throws Exception {
        for (String option : List.of("--continue", "--resume", "-c", "-r")) {
            Ended ended = home.hal0().run("chat", option);
            assertThat(ended.exit()).as(option).isEqualTo(ExitCode.CONFIGURATION);
            assertThat(ended.err()).contains("there is no session of", "hal0 sessions list");
        }
    }

    private Ended sessions(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "sessions";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return home.hal0().run(all);
    }

    private void session(String id, String lines) throws Exception {
        Files.writeString(home.session(id), HEAD.formatted("/somewhere") + lines);
    }
}
