package hal0.agent.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hal0.agent.context.Attachments.Attached;
import hal0.agent.file.FileTools;
import hal0.agent.file.SeenFiles;
import hal0.agent.tool.AgentTool;
import hal0.agent.tool.ToolRun;
import hal0.agent.workspace.Workspace;
import hal0.providers.http.CancelToken;
import hal0.providers.message.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentsTest {
    @TempDir Path folder;
    private List<AgentTool> tools;
    private Attachments attachments;

    @BeforeEach
    void make() throws IOException {
        folder = folder.toRealPath();
        Workspace workspace = Workspace.of(folder);
        tools = FileTools.of(workspace, new SeenFiles());
        attachments = new Attachments(workspace, tools);
        Files.createDirectories(folder.resolve("src"));
        Files.writeString(folder.resolve("src/A.java"), "one\ntwo\nthree\nfour\n");
        Files.writeString(folder.resolve("my notes.txt"), "spaced\n");
    }

    private Attached to(String text) {
        return attachments.to(text, new CancelToken());
    }

    @Test
    void textFromElsewhereAttachesNothing() {
        Attached said =
                attachments.to("review this", "+ see @src/A.java @none/B.java", new CancelToken());
        assertThat(said.parts())
                .containsExactly(new Part.Text("review this\n\n+ see @src/A.java @none/B.java"));
        assertThat(said.problems()).isEmpty();
        assertThat(attachments.to("", "@src/A.java", new CancelToken()).parts())
                .containsExactly(new Part.Text("@src/A.java"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "look at @src/A.java",
                "@src/A.java",
                "Is @src/A.java, or is it not?",
                "(see @src/A.java)",
                "what of @src/A.java?",
                "end with @src/A.java.",
                "both @src/A.java and @./src/A.java",
                "say “@src/A.java”",
                "读@src/A.java。"
            })
    void aFileIsFoundWhereverTheSentenceNamesIt(String text) {
        // A letter right before the sign is an address, in any script.
        boolean address = text.startsWith("读");
        Attached attached = to(text);

        assertThat(attached.files()).isEqualTo(address ? List.of() : List.of("src/A.java"));
        assertThat(attached.parts().getFirst()).isEqualTo(new Part.Text(text));
        assertThat(attached.problems()).isEmpty();
    }

    @Test
    void theModelSeesTheFileAsItsReadToolShowsIt() throws Exception {
        Attached attached = to("@src/A.java:2-3 @\"my notes.txt\" @my\\ notes.txt");

        assertThat(attached.files()).containsExactly("src/A.java", "my notes.txt");
        assertThat(((Part.Text) attached.parts().get(1)).text())
                .startsWith("[attached file src/A.java]\n")
                .contains("two", "three")
                .doesNotContain("one", "four\n");
        assertThat(((Part.Text) attached.parts().get(2)).text()).contains("spaced");
    }

    @Test
    void aFolderIsAttachedAsTheListOfWhatItHolds() {
        Attached attached = to("what is in @src/ ?");

        assertThat(attached.files()).containsExactly("src");
        assertThat(((Part.Text) attached.parts().get(1)).text())
                .startsWith("[attached folder src]\n")
                .contains("A.java");
    }

    @Test
    void anAttachedFileMayBeEditedWithoutReadingItAgain() throws Exception {
        var _ = to("change @src/A.java");

        AgentTool edit =
                tools.stream().filter(tool -> tool.name().equals("edit")).findFirst().orElseThrow();
        ObjectNode arguments =
                (ObjectNode)
                        new ObjectMapper()
                                .readTree(
                                        "{\"path\":\"src/A.java\",\"old\":\"two\",\"new\":\"2\"}");
        var outcome = edit.plan(arguments).run(new ToolRun("c", new CancelToken(), _ -> {}));

        assertThat(outcome.failed()).as(outcome.text()).isFalse();
        assertThat(folder.resolve("src/A.java")).content().contains("one\n2\nthree");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail me@src/A.java or a.b@example.org",
                "@Override above, @pytest.fixture, @dataclass",
                "`@src/A.java` is how to write it",
                "```\n@src/A.java\n```",
                "https://example.org/@src/A.java",
                "@ src/A.java",
                "@app.route(\"/x\") def f():",
                "@@src/A.java"
            })
    void whatMeansNoFileStaysTextAndIsNotComplainedOf(String text) {
        Attached attached = to(text);

        assertThat(attached.parts()).containsExactly(new Part.Text(text));
        assertThat(attached.problems()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereIsSaid() {
        Attached attached = to("compare @src/B.java with @gone.txt, @\"no such\" and @nul\0.txt");

        assertThat(attached.files()).isEmpty();
        assertThat(attached.problems()).hasSize(4).first().asString().contains("src/B.java");
    }

    @Test
    void picturesAndPdfsGoAlongAndOtherBinariesAreRefused() throws IOException {
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 13};
        Files.write(folder.resolve("a.png"), png);
        Files.writeString(folder.resolve("b.pdf"), "%PDF-1.7\n...");
        Files.write(folder.resolve("c.bin"), new byte[] {0, 1, 2, 0, 0, 7});

        Attached attached = to("see @a.png @b.pdf @c.bin");

        assertThat(attached.parts()).hasAtLeastOneElementOfType(Part.Image.class);
        assertThat(attached.parts()).hasAtLeastOneElementOfType(Part.Document.class);
        assertThat(attached.files()).containsExactly("a.png", "b.pdf");
        assertThat(attached.problems()).singleElement().asString().startsWith("@c.bin: ");
    }

    @Test
    void moreThanAWindowHoldsIsNotAttached() throws IOException {
        StringBuilder text = new StringBuilder("all of");
        for (int i = 0; i < 12; i++) {
            Files.writeString(folder.resolve("f" + i + ".txt"), "some text\n".repeat(3_000));
            text.append(" @f").append(i).append(".txt");
        }

        Attached attached = to(text.toString());

        long sum =
                attached.parts().stream()
                        .mapToLong(part -> ((Part.Text) part).text().length())
                        .sum();
        assertThat(sum).isLessThan(205_000);
        assertThat(attached.files()).hasSizeBetween(4, 11);
        assertThat(attached.problems())
                .isNotEmpty()
                .allMatch(problem -> problem.contains("the model can read it"));
    }

    @Test
    void textThatIsFullOfSignsIsHandledQuickly() {
        assertThat(to("@".repeat(100_000)).files()).isEmpty();
        assertThat(to("@a ".repeat(50_000)).files()).isEmpty();
        assertThat(to("@" + ".".repeat(3_000)).problems()).isEmpty();
    }
}
