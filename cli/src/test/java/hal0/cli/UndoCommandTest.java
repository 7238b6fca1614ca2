package hal0.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import hal0.agent.checkpoint.Checkpoints;
import hal0.agent.session.SessionEntry;
import hal0.agent.session.SessionLog;
import hal0.agent.session.Sessions;
import hal0.agent.workspace.Workspace;
import hal0.cli.Hal0Process.Ended;
import hal0.cli.console.ExitCode;
import hal0.cli.wiring.HomeCheckpoints;
import hal0.home.Home;
import hal0.providers.message.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `hal0 sessions undo` and `redo`, with the real program.
class UndoCommandTest {
    @TempDir Path folder;
    private TestHome home;
    private Path work;
    private String id;

    @BeforeEach
    void leadASessionThatChangesFiles() throws IOException {
        home = new TestHome(folder.resolve("home"));
        work = Files.createDirectory(folder.resolve("work")).toRealPath();
        Files.writeString(work.resolve("a.txt"), "before\n");
        Home here =
                Home.locate(Map.of("HAL0_HOME", folder.resolve("home").toString()), folder, null);
        Sessions sessions = new Sessions(here.sessionsFolder(), InstantSource.system());
        SessionLog log = sessions.begin(work.toString(), "scripted", "m");
        log.append(new SessionEntry.UserSaid(now(), List.of(new Part.Text("change it"))));
        Checkpoints checkpoints = HomeCheckpoints.of(here, Workspace.of(work));
        try (Checkpoints.Watch watch = checkpoints.watch(List.of(), true)) {
            log.append(new SessionEntry.FilesKept(now(), watch.kept()));
            Files.writeString(work.resolve("a.txt"), "after\n");
            Files.writeString(work.resolve("new.txt"), "new\n");
            log.append(new SessionEntry.FilesChanged(now(), watch.changes()));
        }
        id = log.id();
        sessions.close(log);
    }

    @Test
    void turnIsTakenBackAndBroughtBack() throws Exception {
        Ended undone = sessions("undo", id, "--yes", "--json");
        assertThat(undone.exit()).as(undone.err()).isZero();
        JsonNode files = TestHome.json(undone.out());
        assertThat(files).hasSize(2);
        assertThat(files.findValuesAsText("action")).containsExactlyInAnyOrder("restore", "delete");
        assertThat(work.resolve("a.txt")).hasContent("before\n");
        assertThat(work.resolve("new.txt")).doesNotExist();
        assertThat(undone.err()).contains("hal0 sessions redo " + id);

        Ended again = sessions("undo", id, "--yes");
        assertThat(again.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(again.err()).contains("no turn to take back");

        Ended elsewhere = home.hal0().at(folder).run("sessions", "redo", "last", "--yes");
        assertThat(elsewhere.exit()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(elsewhere.err()).contains("there is no session of " + folder.toRealPath());

        Ended redone = sessions("redo", "last", "--yes");
        assertThat(redone.exit()).as(redone.err()).isZero();
        assertThat(redone.out()).contains("a.txt", "new.txt");
        assertThat(work.resolve("a.txt")).hasContent("after\n");
        assertThat(work.resolve("new.txt")).hasContent("new\n");
    }

    @Test
    void nothingIsDoneWithoutAWordOrAgainstAnEditOfTheUser() throws Exception {
        Ended asked = sessions("undo", id);
        assertThat(asked.exit()).isEqualTo(ExitCode.USAGE);
        assertThat(asked.err()).contains("--yes");
        assertThat(asked.out()).contains("restore", "a.txt");
        assertThat(sessions("undo", id, "--dry-run").exit()).isZero();
        assertThat(work.resolve("a.txt")).hasContent("after\n");

        Files.writeString(work.resolve("a.txt"), "mine\n");
        Ended refused = sessions("undo", id, "--yes");
        assertThat(refused.exit()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.out()).contains("it was changed since");
        assertThat(refused.err()).contains("nothing was touched");
        assertThat(work.resolve("a.txt")).hasContent("mine\n");
        assertThat(work.resolve("new.txt")).exists();
    }

    @Test
    void turnThatChangedNoFilesSaysSo() throws Exception {
        Home here =
                Home.locate(Map.of("HAL0_HOME", folder.resolve("home").toString()), folder, null);
        Sessions all = new Sessions(here.sessionsFolder(), InstantSource.system());
        SessionLog log = all.begin(work.toString(), "scripted", "m");
        log.append(new SessionEntry.UserSaid(now(), List.of(new Part.Text("just talk"))));
        all.close(log);

        Ended shown = sessions("undo", log.id(), "--dry-run");
        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.err()).contains("changed no files");
    }

    private Ended sessions(String... arguments) throws Exception {
        String[] all = new String[arguments.length + 1];
        all[0] = "sessions";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return home.hal0().at(work).run(all);
    }

    private static Instant now() {
        return Instant.parse("2026-11-21T08:00:00Z");
    }
}
