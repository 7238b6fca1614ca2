package hal0.cli.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.home.memory.Memorized;
import hal0.home.memory.Memory.By;
import hal0.home.memory.MemoryFile;
import hal0.home.memory.Note;
import hal0.home.memory.Revision;
import hal0.home.memory.Scope;
import hal0.providers.http.CancelToken;
import hal0.relay.control.MemoryControl;
import java.io.BufferedReader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `/api/memory`, asked as a page asks it and as another process of hal0 does.
class MemoryApiTest {
    private static final String PATH = "/api/memory";

    @TempDir private Path folder;
    private EmbeddingServer model;
    private ApiFixture api;

    @BeforeEach
    void start() throws Exception {
        model = new EmbeddingServer();
        ApiFixture.write(
                folder,
                "config.toml",
                """
                [providers.words]
                base_url = "%s"
                auth_style = "none"
                local = false
                retries = 0
                input_price_per_1m_tokens = 2.0
                output_price_per_1m_tokens = 0.0
                [memory]
                embed = "words/words"
                """
                        .formatted(model.url()));
        api = new ApiFixture(folder, Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
        model.close();
    }

    private MemoryControl remote() {
        return api.hal0().control().memory();
    }

    private ApiFixture.Answer add(String text) throws Exception {
        return api.send("POST", PATH, "{\"text\":\"%s\"}".formatted(text));
    }

    private void embedded() throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (api.get(PATH + "/vectors").body().path("waiting").asLong() > 0) {
            assertThat(System.nanoTime()).as(api.get(PATH + "/vectors").text()).isLessThan(end);
        }
    }

    @Test
    void aNoteIsToldReadChangedAndForgotten() throws Exception {
        var added =
                api.send(
                        "POST",
                        PATH,
                        "{\"text\":\"one\",\"bank\":\"work\",\"tags\":[\"a\"],\"metadata\":{\"k\":1}}");
        assertThat(added.status()).as(added.text()).isEqualTo(201);
        assertThat(added.body().path("known").asBoolean()).isFalse();
        assertThat(added.body().path("metadata").path("k").asText()).isEqualTo("1");
        assertThat(added.body().path("source").asText()).isEqualTo("local");
        String one = PATH + "/" + added.body().path("id").asLong();

        var changed = api.send("PUT", one, "{\"text\":\"two\",\"tags\":[]}");
        assertThat(changed.body().path("text").asText()).isEqualTo("two");
        assertThat(changed.body().path("tags")).isEmpty();
        assertThat(changed.body().path("created_at")).isEqualTo(added.body().path("created_at"));
        assertThat(api.get(one).body()).isEqualTo(changed.body());
        assertThat(api.get(PATH + "/banks").text()).isEqualTo("[{\"bank\":\"work\",\"notes\":1}]");

        assertThat(api.send("DELETE", one, "").status()).isEqualTo(200);
        assertThat(api.get(one).code()).isEqualTo("memory.not_found");
        assertThat(api.send("DELETE", one, "").status()).isEqualTo(404);
        assertThat(api.send("PUT", one, "{}").status()).isEqualTo(404);
        assertThat(api.get("/api/activity").text())
                .contains("memory.add", "memory.update", "memory.delete", "work #1")
                .doesNotContain("\"two\"");
    }

    @Test
    void notesAreFoundByMeaningAndItsCostIsCounted() throws Exception {
        add("the automobile stands outside");
        add("a cake of apples");
        embedded();

        var found = api.get(PATH + "/search?q=my%20car");
        assertThat(found.body()).hasSize(1);
        assertThat(found.body().get(0).path("score").asDouble()).isPositive();
        assertThat(api.get(PATH + "/search?q=my%20car&by=words").text()).isEqualTo("[]");

        var usage = api.get("/api/usage?by=model&since=today").body().get(0);
        assertThat(usage.path("model").asText()).isEqualTo("words/words");
        assertThat(usage.path("cost_usd").decimalValue())
                .as(api.get("/api/usage?by=request").text())
                .isEqualByComparingTo("0.00006"); // three texts of ten tokens each
        assertThat(api.get("/api/usage?by=request").text()).contains("\"memory\"");
    }

    @Test
    void whatCannotBeMeantIsRefusedWithItsField() throws Exception {
        assertThat(api.send("POST", PATH, "{\"text\":\" \"}").status()).isEqualTo(422);
        assertThat(api.send("POST", PATH, "{}").locs()).isEqualTo("text");
        assertThat(api.send("POST", PATH, "{\"text\":\"x\",\"metadata\":[1]}").status())
                .isEqualTo(422);
        assertThat(api.send("POST", PATH, "{\"text\":\"x\",\"bank\":\"../up\"}").status())
                .isEqualTo(422);
        assertThat(api.send("POST", PATH, "{\"text\":\"" + "x".repeat(20_000) + "\"}").status())
                .isEqualTo(422);
        assertThat(api.get(PATH + "/search").locs()).isEqualTo("q");
        assertThat(api.get(PATH + "?limit=0&bank=A%20B&since=now&meta=x").locs())
                .contains("limit", "bank", "since", "meta");
        assertThat(api.get(PATH + "/search?q=x&by=magic").locs()).isEqualTo("by");
        assertThat(api.get(PATH + "/none").code()).isEqualTo("memory.not_found");
        assertThat(api.get(PATH + "/99999999999999999999").status()).isEqualTo(404);
        assertThat(api.send("DELETE", PATH, "").locs()).isEqualTo("older_than");
        assertThat(api.send("DELETE", PATH + "?older_than=soon", "").locs())
                .isEqualTo("older_than");
        assertThat(api.send("POST", PATH + "/import", "{\"text\":\"ok\"}\nnope").message())
                .contains("line 2");
    }

    @Test
    void noQueryBreaksTheSearch() throws Exception {
        add("NEAR the end: x AND y");
        embedded();

        for (String query :
                List.of(
                        "%22",
                        "%22a",
                        "(",
                        "NEAR(x%20y)",
                        "x%20AND",
                        "*",
                        "text%3Ax",
                        "%00",
                        "%27%3B--",
                        "%F0%9F%98%80",
                        "%25",
                        "a".repeat(4_000))) {
            for (String by : List.of("words", "meaning")) {
                var answer = api.get(PATH + "/search?q=" + query + "&by=" + by);
                assertThat(answer.status()).as(query + answer.text()).isIn(200, 422);
            }
        }
    }

    @Test
    void whatIsExportedIsRememberedElsewhereAndEmbeddedThere() throws Exception {
        for (int i = 0; i < 30; i++) {
            add("note " + i);
        }
        String exported = api.get(PATH + "/export").text();
        assertThat(exported.lines()).hasSize(30).first().asString().contains("\"note 0\"");
        assertThat(exported).doesNotContain("vector");

        api.send("DELETE", PATH + "?told_before=" + Instant.now().plusSeconds(9), "");
        assertThat(api.get(PATH).text()).isEqualTo("[]");
        assertThat(api.send("POST", PATH + "/import", exported).text())
                .isEqualTo("{\"added\":30,\"known\":0}");
        assertThat(api.send("POST", PATH + "/import", exported).text())
                .isEqualTo("{\"added\":0,\"known\":30}");
        assertThat(api.get(PATH + "/export").text()).isEqualTo(exported);
        embedded();
        assertThat(api.get(PATH + "?limit=5").body()).hasSize(5);
        assertThat(api.get(PATH + "?after=1&limit=5").body().get(0).path("text").asText())
                .isEqualTo("note 0");
    }

    @Test
    void anotherProcessWorksOnItAsOnItsOwn() throws Exception {
        MemoryControl memory = remote();
        Note note =
                new Note("work", "the automobile", List.of("x y", "z"), Map.of("k", "a=b"), "me");

        long id = memory.add(note).id();
        embedded();

        Memorized kept = memory.find(id).orElseThrow();
        assertThat(kept.note()).isEqualTo(note);
        assertThat(memory.add(note).known()).isTrue();
        Scope scope = new Scope("work", List.of("x y"), Map.of("k", "a=b"), kept.createdAt());
        assertThat(memory.search(scope, "car", 5, By.MEANING)).hasSize(1);
        assertThat(memory.search(scope.in("other"), "car", 5, By.MEANING)).isEmpty();
        assertThat(memory.newest(scope, Long.MAX_VALUE, 5)).hasSize(1);
        assertThat(memory.banks()).containsExactly(Map.entry("work", 1L));
        Memorized revised =
                memory.revise(id, new Revision(null, List.of(), null, "other")).orElseThrow();
        assertThat(revised.note().bank()).isEqualTo("other");
        assertThat(memory.revise(id + 1, new Revision("x", null, null, null))).isEmpty();
        StringWriter lines = new StringWriter();
        assertThat(new MemoryFile(memory).write(null, lines)).isEqualTo(1);
        assertThat(memory.delete(id)).isTrue();
        assertThat(memory.delete(id)).isFalse();
        assertThat(memory.find(id)).isEmpty();
        var read = new BufferedReader(new StringReader(lines.toString()));
        assertThat(new MemoryFile(memory).read(read, "default", Instant.now()).added()).isOne();
        assertThat(memory.deleteToldBefore("default", Instant.now().plusSeconds(9))).isZero();
        assertThat(memory.deleteToldBefore(null, Instant.now().plusSeconds(9))).isOne();
        assertThat(memory.progress().model()).isEqualTo("words/words");
    }

    @Test
    void aModelThatFailsIsToldOnceAndWordsStillFind() throws Exception {
        model.status = 500;
        add("the automobile stands outside");
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (api.get(PATH + "/vectors").body().path("problem").isNull()) {
            assertThat(System.nanoTime()).isLessThan(end);
        }

        assertThat(api.get(PATH + "/vectors").body().path("problem").asText())
                .contains("words/words", "not today");
        assertThat(api.get(PATH + "/search?q=automobile").body()).hasSize(1);
        assertThat(
                        api.hal0()
                                .controlParts()
                                .events
                                .after(0, Duration.ZERO, new CancelToken())
                                .events())
                .filteredOn(event -> event.type().equals("memory.not_embedded"))
                .hasSize(1);
    }

    @Test
    void switchedOffNobodyIsAsked() throws Exception {
        ApiFixture.write(folder, "config.toml", "[memory]\nembed = \"off\"\n");
        api.send("POST", "/api/reload", "");
        int before = model.calls.get();

        add("the automobile stands outside");

        assertThat(api.get(PATH + "/search?q=car").text()).isEqualTo("[]");
        assertThat(api.get(PATH + "/vectors").body().path("model").asText()).isEmpty();
        assertThat(model.calls.get()).isEqualTo(before);
    }
}
