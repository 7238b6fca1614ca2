package hal0.agent.context;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import hal0.agent.permission.Mode;
import hal0.agent.workspace.Workspace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemPromptTest {
    private static final LocalDate DAY = LocalDate.of(2026, 3, 4);

    @TempDir Path folder;

    private SystemPrompt prompt(Mode mode) throws IOException {
        return new SystemPrompt(
                Surroundings.of(Workspace.of(folder), DAY),
                Instructions.read(folder.resolve("home"), Workspace.of(folder)),
                "You review only.",
                Skills.read(folder.resolve("skills")),
                mode);
    }

    @Test
    void itTellsWhereAndWhenAndEverythingThatWasWrittenForIt() throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.writeString(folder.resolve(".git/HEAD"), "ref: refs/heads/feature/x\n");
        Files.writeString(folder.resolve("AGENTS.md"), "use tabs");
        Files.createDirectories(folder.resolve("skills/pdf"));
        Files.writeString(
                folder.resolve("skills/pdf/SKILL.md"), "---\ndescription: fill forms\n---\nx");

        SystemPrompt prompt = prompt(Mode.ASK);

        assertThat(prompt.text())
                .startsWith("You are hal0")
                .contains("Working folder: " + folder.toRealPath())
                .contains("Git branch at the start: feature/x", "Date: 2026-03-04")
                .containsSubsequence("You review only.", "- pdf: fill forms", "use tabs");
        assertThat(prompt.sections())
                .extracting(SystemPrompt.Section::kind)
                .containsExactly(
                        SystemPrompt.Kind.OWN,
                        SystemPrompt.Kind.AGENT,
                        SystemPrompt.Kind.SKILLS,
                        SystemPrompt.Kind.INSTRUCTIONS);
    }

    @Test
    void anEmptyProjectCostsLessThanTwoKilobytesOfIt() throws IOException {
        SystemPrompt prompt =
                new SystemPrompt(
                        Surroundings.of(Workspace.of(folder), DAY),
                        Instructions.NONE,
                        null,
                        Skills.read(folder.resolve("none")),
                        Mode.PLAN);

        assertThat(prompt.text().getBytes(UTF_8).length).isLessThan(2_000);
        assertThat(prompt.text()).doesNotContain("branch", "Skills", "null");
    }

    @Test
    void itStaysTheSameWhenFilesChangeMeanwhile() throws IOException {
        Files.writeString(folder.resolve("AGENTS.md"), "use tabs");
        SystemPrompt prompt = prompt(Mode.EDIT);
        String before = prompt.text();

        Files.writeString(folder.resolve("AGENTS.md"), "use spaces");

        assertThat(prompt.text()).isEqualTo(before);
    }

    @Test
    void onlyPlanModeIsToldOf() throws IOException {
        assertThat(prompt(Mode.PLAN).text()).contains("Plan mode:");
        for (Mode mode : List.of(Mode.ASK, Mode.EDIT, Mode.AUTO)) {
            assertThat(prompt(mode).text()).doesNotContain("Plan mode");
        }
    }

    @Test
    void theBranchOfALinkedWorktreeAndADetachedHeadAreFound() throws IOException {
        Path tree = Files.createDirectories(folder.resolve("tree"));
        Path git = Files.createDirectories(folder.resolve("main/.git/worktrees/tree"));
        Files.writeString(tree.resolve(".git"), "gitdir: " + git + "\n");
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/side\n");

        assertThat(Surroundings.of(Workspace.of(tree), DAY).branch()).isEqualTo("side");

        Files.writeString(git.resolve("HEAD"), "0123456789".repeat(4) + "\n");
        assertThat(Surroundings.of(Workspace.of(tree), DAY).branch()).isEqualTo("012345678");

        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/\u001b]0;owned\u0007\n");
        assertThat(Surroundings.of(Workspace.of(tree), DAY).branch()).isNull();
    }
}
