package hal0.agent.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In a repository that git itself made.
class TrackedSecretsTest {
    private static final Path GIT = Path.of("/usr/bin/git");

    @TempDir Path folder;

    private Workspace workspace;

    @BeforeEach
    void repository() throws Exception {
        assumeTrue(Files.isExecutable(GIT), "no git here to make a repository");
        workspace = Workspace.of(folder);
        git("init", "-q");
        for (String name : List.of("src/A.java", "config/.env", "config/a.toml", "README.md")) {
            write(name);
        }
        git("add", "-A");
        git("-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "first");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git grep KEY",
                "git grep -n KEY HEAD",
                "git grep KEY -- config",
                "git grep KEY -- '*env'",
                "git grep KEY -- ':(glob)**/.e*'",
                "git grep --untracked KEY -- src",
                "git log -p",
                "git log -n 1 -p",
                "git log --pat",
                "git log -1 -U3",
                "git log -L1,1:config/a.toml",
                "git log --oneline --cc",
                "git --no-pager show",
                "git show HEAD",
                "git show HEAD -- config",
                "git show ':/first'",
                "git show 'HEAD@{2020-01-01 10:00}'",
                "git show --stat -p",
                "git show HEAD:config/.env",
                "git diff",
                "git diff HEAD",
                "git diff -S README.md",
                "git diff --word-diff HEAD config",
                "git diff -- config/.env",
                "git diff config/",
                "git blame config/.env",
                "git cat-file -p HEAD:config/.env",
                "git cat-file -p 0123456789",
                "git cat-file --batch",
                "git whatchanged -p",
                "git diff-tree -p HEAD",
            })
    void whatPrintsATrackedSecretIsNotFree(String command) {
        for (Mode mode : List.of(Mode.ASK, Mode.EDIT, Mode.PLAN)) {
            assertThat(decide(mode, Rules.NONE, command))
                    .as(mode + " " + command)
                    .isNotInstanceOf(Decision.Allow.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "git status",
                "git log",
                "git log --oneline -n 5",
                "git log --since yesterday --stat",
                "git log -p src/A.java",
                "git log -p -- src",
                "git log --author me --format=%h -3",
                "git show --stat HEAD",
                "git show HEAD:src/A.java",
                "git show HEAD -- src/A.java README.md",
                "git diff --stat",
                "git diff --name-only HEAD",
                "git diff src",
                "git diff HEAD README.md",
                "git diff --cached -- src",
                "git diff -- gone.java",
                "git grep class -- src",
                "git grep class -- '*.java'",
                "git blame src/A.java",
                "git cat-file -t HEAD",
                "git cat-file -p HEAD:README.md",
                "git ls-files",
            })
    void whatPrintsOtherFilesOrOnlyNamesIsFree(String command) {
        for (Mode mode : List.of(Mode.ASK, Mode.PLAN)) {
            assertThat(decide(mode, Rules.NONE, command))
                    .as(mode + " " + command)
                    .isInstanceOf(Decision.Allow.class);
        }
    }

    @Test
    void theQuestionNamesTheFileAndItsRuleAnswersItForGood() {
        Decision asked = decide(Mode.ASK, Rules.NONE, "git diff HEAD");
        assertThat(asked)
                .isEqualTo(
                        new Decision.Ask(
                                "config/.env is tracked and may hold secrets, which this may print",
                                List.of("shell(git diff HEAD)", "shell(git diff*)")));
        Rules rules = Rules.of(List.of(Rule.parse("shell(git diff*)")), List.of(), List.of());
        assertThat(decide(Mode.ASK, rules, "git diff --cached")).isInstanceOf(Decision.Allow.class);
        Rules read = Rules.of(List.of(Rule.parse("read(config/.env)")), List.of(), List.of());
        assertThat(decide(Mode.ASK, read, "git diff -- config/.env"))
                .isInstanceOf(Decision.Allow.class);
        assertThat(decide(Mode.PLAN, Rules.NONE, "git diff"))
                .isEqualTo(
                        new Decision.Deny(
                                "config/.env is tracked and may hold secrets, which this may print;"
                                        + " name the files that are wanted behind --"));
    }

    @Test
    void aSecretThatGitDoesNotTrackIsNoReasonToAsk() throws Exception {
        git("rm", "-q", "--cached", "config/.env");
        for (String command : List.of("git diff", "git grep KEY", "git show")) {
            assertThat(decide(Mode.ASK, Rules.NONE, command)).isInstanceOf(Decision.Allow.class);
        }
    }

    @Test
    void everyVersionOfTheIndexIsReadAndWhatIsNotUnderstoodIsAsked() throws Exception {
        for (int at = 0; at < 30; at++) {
            write("many/" + "x".repeat(at) + "/n" + at);
        }
        git("add", "-A");
        List<String> all = GitIndex.names(folder).orElseThrow();
        assertThat(all).hasSize(34).contains("config/.env", "many/xx/n2");
        for (String version : List.of("4", "3", "2")) {
            git("update-index", "--index-version", version);
            assertThat(GitIndex.names(folder)).as(version).contains(all);
        }
        git("update-index", "--split-index");
        assertThat(GitIndex.names(folder)).isEmpty();
        assertThat(decide(Mode.ASK, Rules.NONE, "git diff")).isInstanceOf(Decision.Ask.class);
    }

    @Test
    void aWorktreeAndAFolderBelowBelongToTheirRepository() throws Exception {
        Path tree = folder.resolve("tree");
        git("worktree", "add", "-q", "--detach", tree.toString());
        workspace = Workspace.of(tree);
        assertThat(decide(Mode.ASK, Rules.NONE, "git diff")).isInstanceOf(Decision.Ask.class);
        workspace = Workspace.of(folder.resolve("src"));
        assertThat(decide(Mode.ASK, Rules.NONE, "git show")).isInstanceOf(Decision.Ask.class);
        assertThat(decide(Mode.ASK, Rules.NONE, "git show HEAD -- ."))
                .isInstanceOf(Decision.Allow.class);
    }

    @Test
    void whereNothingWasEverCommittedThereIsNothingToAsk() throws Exception {
        Path fresh = Files.createDirectories(folder.resolve("fresh"));
        run(fresh, List.of("init", "-q"));
        workspace = Workspace.of(fresh);
        assertThat(decide(Mode.ASK, Rules.NONE, "git diff")).isInstanceOf(Decision.Allow.class);
    }

    private Decision decide(Mode mode, Rules rules, String command) {
        return Permissions.decide(new Deed.Shell(command), mode, rules, workspace);
    }

    private void write(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "KEY=1");
    }

    private void git(String... words) throws IOException, InterruptedException {
        run(folder, List.of(words));
    }

    private static void run(Path folder, List<String> words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(GIT.toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
        builder.environment().put("GIT_CONFIG_GLOBAL", "/dev/null");
        builder.redirectErrorStream(true);
        Process git = builder.start();
        String said = new String(git.getInputStream().readAllBytes());
        assertThat(git.waitFor()).as(said).isZero();
    }
}
