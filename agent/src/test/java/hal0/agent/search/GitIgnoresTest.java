package hal0.agent.search;

import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.checkpoint.LeftOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitIgnoresTest {
    @TempDir Path root;

    @Test
    void rulesAboveTheWorkspaceHoldInIt() throws IOException {
        Files.createDirectories(root.resolve(".git/info"));
        Files.createDirectories(root.resolve("part/src"));
        Files.writeString(root.resolve(".git/info/exclude"), "*.bak\n");
        Files.writeString(root.resolve(".gitignore"), "target/\n/part/src/out.txt\n*.log\n");
        Files.writeString(root.resolve("part/.gitignore"), "!kept.log\n");
        LeftOut.Rules part = new GitIgnores().at(root.resolve("part"));
        assertThat(part.leaveOut("target", true)).isTrue();
        assertThat(part.leaveOut("target", false)).isFalse();
        assertThat(part.leaveOut("a.bak", false)).isTrue();
        assertThat(part.leaveOut("a.log", false)).isTrue();
        assertThat(part.leaveOut("kept.log", false)).isFalse();
        LeftOut.Rules src = part.in(root.resolve("part/src"), "src");
        assertThat(src.leaveOut("out.txt", false)).isTrue();
        assertThat(src.leaveOut("kept.log", false)).isFalse();
    }

    @Test
    void hiddenFilesAndThoseThatOnlySearchLeavesOutAreTheUsersWork() throws IOException {
        Files.writeString(root.resolve(".ignore"), "data\n");
        LeftOut.Rules rules = new GitIgnores().at(root);
        assertThat(rules.leaveOut(".env", false)).isFalse();
        assertThat(rules.leaveOut("data", true)).isFalse();
    }

    @Test
    void repositoryWithinTheWorkspaceHasItsOwnRules() throws IOException {
        Files.createDirectories(root.resolve("module/.git"));
        Files.writeString(root.resolve(".gitignore"), "*.log\n");
        LeftOut.Rules module = new GitIgnores().at(root).in(root.resolve("module"), "module");
        assertThat(module.leaveOut("a.log", false)).isFalse();
    }
}
