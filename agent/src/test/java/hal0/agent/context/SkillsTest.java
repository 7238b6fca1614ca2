package hal0.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkillsTest {
    @TempDir Path folder;
    private Path skills;

    @BeforeEach
    void make() throws IOException {
        skills = Files.createDirectories(folder.toRealPath().resolve("skills"));
    }

    private void skill(String name, String text) throws IOException {
        Files.createDirectories(skills.resolve(name));
        Files.writeString(skills.resolve(name).resolve("SKILL.md"), text);
    }

    @Test
    void eachIsListedWithOneLineWhereToReadIt() throws IOException {
        skill("pdf", "---\nname: pdf\ndescription: Use when: a form is to be filled\n---\n# PDF\n");
        skill("deploy", "---\ndescription: >\n  Ship it to\n  production.\nname: deploy\n---\n");
        Files.writeString(skills.resolve("README.md"), "not a skill");

        Skills read = Skills.read(skills);

        assertThat(read.problems()).isEmpty();
        assertThat(read.text())
                .isEqualTo(
                        """
                        Skills: before a task that one fits, read %s/NAME/SKILL.md and do as it says.
                        - deploy: Ship it to production.
                        - pdf: Use when: a form is to be filled\
                        """
                                .formatted(skills));
    }

    @Test
    void theFolderBehindALinkedSkillIsReadableToo() throws IOException {
        Path elsewhere = Files.createDirectories(folder.toRealPath().resolve("git/review"));
        Files.writeString(elsewhere.resolve("SKILL.md"), "---\ndescription: review\n---\n");
        Files.createSymbolicLink(skills.resolve("review"), elsewhere);

        assertThat(Skills.read(skills).folders()).containsExactly(skills, elsewhere);
    }

    @Test
    void oneWithoutADescriptionIsLeftOutAndSaid() throws IOException {
        skill("vague", "# Does something\n");
        skill("clear", "---\ndescription: 'it''s clear'\n---\n");

        Skills read = Skills.read(skills);

        assertThat(read.skills())
                .extracting(Skills.Skill::description)
                .containsExactly("it's clear");
        assertThat(read.problems()).singleElement().asString().contains("vague", "no description");
    }

    @Test
    void hundredsOfThemDoNotFillTheWindow() throws IOException {
        for (int i = 0; i < 300; i++) {
            skill("s%03d".formatted(i), "---\ndescription: " + "🙂 word ".repeat(60) + "\n---\n");
        }

        String text = Skills.read(skills).text();

        assertThat(text.length()).isLessThan(6_100);
        assertThat(text).containsPattern("- and 2\\d\\d more in that folder$");
    }

    @Test
    void aHomeWithoutSkillsHasNone() {
        Skills none = Skills.read(folder.resolve("none"));

        assertThat(none.text()).isEmpty();
        assertThat(none.problems()).isEmpty();
        assertThat(none.folders()).isEmpty();
    }
}
