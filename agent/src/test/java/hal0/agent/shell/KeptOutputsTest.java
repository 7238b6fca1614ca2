package hal0.agent.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptOutputsTest {
    @TempDir Path folder;

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("outputs"))) {
            return all.toList();
        }
    }

    @Test
    void theOldestGoWhenTheFolderIsFull() throws IOException {
        KeptOutputs outputs = new KeptOutputs(folder.resolve("outputs"), 1000);
        List<Path> written = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            KeptOutput output = outputs.create();
            output.add(new byte[400]);
            output.close();
            Path newest =
                    files().stream().filter(f -> !written.contains(f)).findFirst().orElseThrow();
            Files.setLastModifiedTime(newest, FileTime.from(Instant.ofEpochSecond(i)));
            written.add(newest);
        }
        assertThat(files()).containsExactlyInAnyOrderElementsOf(written.subList(3, 5));
    }

    @Test
    void oneFileStaysWithinTheLimitAndSaysThatItIsTheBeginning() throws IOException {
        KeptOutput output = new KeptOutputs(folder.resolve("outputs"), 1000).create();
        output.add(new byte[700]);
        output.add(new byte[700]);
        output.close();
        assertThat(files()).singleElement().satisfies(f -> assertThat(f).hasSize(1000));
        assertThat(output.told()).startsWith("its beginning is in " + folder);
    }

    @Test
    void nobodyElseMayLookIntoTheFolder() throws IOException {
        new KeptOutputs(folder.resolve("outputs"), 1000).create().close();
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(folder.resolve("outputs"))))
                .isEqualTo("rwx------");
    }
}
