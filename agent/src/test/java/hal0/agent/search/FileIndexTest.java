package hal0.agent.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileIndexTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "file,      src/File.java,             src/FileIndex.java",
        "file,      src/FileIndex.java,        src/MyFile.java",
        "file,      src/MyFile.java,           src/profile.java",
        "file,      src/profile.java,          file/Other.java",
        "fs,        src/FileSearch.java,       src/offset.java",
        "fisea,     src/FileSearch.java,       src/first/second/area.java",
        "readme,    README.md,                 docs/old/README.md",
        "tool,      agent/tool/Tool.java,      agent/tool/Other.java",
        "src/fi,    src/FileIndex.java,        lib/src/xfi.java",
        "gr tool,   search/GrepTool.java,      search/grammar/stool.java"
    })
    void theFirstIsRankedBeforeTheSecond(String typed, String first, String second) {
        assertThat(ranked(typed, second, first)).startsWith(first);
    }

    @Test
    void whatLacksALetterOrHasThemInAnotherOrderDoesNotFit() {
        assertThat(ranked("abc", "src/acb", "src/ab", "a/b/c")).containsExactly("a/b/c");
        assertThat(ranked("äö", "xäxö", "äx")).containsExactly("xäxö");
    }

    private List<String> ranked(String typed, String... names) {
        String letters = Fuzzy.folded(typed.replace(" ", ""));
        List<String> fitting = new ArrayList<>(List.of(names));
        fitting.removeIf(name -> score(name, letters) == Fuzzy.NONE);
        fitting.sort((a, b) -> Integer.compare(score(b, letters), score(a, letters)));
        return fitting;
    }

    private static int score(String name, String letters) {
        return Fuzzy.score(name, Fuzzy.folded(name), name.lastIndexOf('/') + 1, letters);
    }

    @Test
    void findsWhatIsThereAndWhatCameSinceWhenReadAnew() throws Exception {
        Tree tree =
                Tree.in(folder)
                        .file("src/Main.java")
                        .file(".gitignore", "out")
                        .file("out/Main.class");
        try (FileIndex index = new FileIndex(tree.root())) {
            read(index);
            assertThat(index.find("main", 10)).containsExactly("src/Main.java");
            assertThat(index.find("", 1)).hasSize(1);

            tree.file("src/MainTest.java");
            read(index);

            assertThat(index.find("main", 10))
                    .containsExactly("src/Main.java", "src/MainTest.java");
            assertThat(index.find("maint", 10)).containsExactly("src/MainTest.java");
            assertThat(index.find("m", 1)).containsExactly("src/Main.java");
        }
    }

    @Test
    void aLongerTypedTextFindsTheSameAsWhenItIsTypedAtOnce() throws Exception {
        Tree tree = Tree.in(folder);
        for (int i = 0; i < 300; i++) {
            tree.file("d" + i % 7 + "/File" + i + (i % 2 == 0 ? ".java" : ".ts"));
        }
        try (FileIndex typed = new FileIndex(tree.root());
                FileIndex fresh = new FileIndex(tree.root())) {
            read(typed);
            read(fresh);
            for (String text : List.of("f", "fi", "fi1", "fi12", "fi12t", "d", "d3f", "d3f1")) {
                List<String> found = typed.find(text, 20);
                fresh.find("zz", 1);
                assertThat(found).as(text).isEqualTo(fresh.find(text, 20));
            }
        }
    }

    private static void read(FileIndex index) throws IOException, InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        index.onChange(told::countDown);
        index.refresh();
        assertThat(told.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(index.isWhole()).isTrue();
    }
}
