package hal0.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir Path folder;

    private Path user;
    private Path system;

    @BeforeEach
    void folders() throws IOException {
        user = Files.createDirectory(folder.resolve("user"));
        system = folder.resolve("etc-hal0");
    }

    private Home locate(Map<String, String> environment) {
        return Home.locate(environment, user, null, system);
    }

    @Test
    void withoutVariablesTheXdgDefaultsHold() {
        assertThat(locate(Map.of()))
                .isEqualTo(
                        new Home(
                                user.resolve(".config/hal0"),
                                user.resolve(".local/share/hal0"),
                                user.resolve(".local/state/hal0")));
    }

    @Test
    void locatingCreatesNothing() {
        locate(Map.of());
        locate(Map.of("HAL0_HOME", folder.resolve("all").toString()));

        assertThat(user).isEmptyDirectory();
        assertThat(folder.resolve("all")).doesNotExist();
    }

    @Test
    void hal0HomePutsEverythingUnderOneFolder() {
        Path all = folder.resolve("all");

        Home home = locate(Map.of("HAL0_HOME", all.toString(), "XDG_CONFIG_HOME", "/elsewhere"));

        assertThat(home).isEqualTo(new Home(all, all.resolve("data"), all.resolve("state")));
    }

    @Test
    void aRelativeHal0HomeCountsFromTheWorkingFolder() {
        assertThat(locate(Map.of("HAL0_HOME", "x/../y")).config())
                .isEqualTo(Path.of("").toAbsolutePath().resolve("y"));
    }

    @Test
    void xdgVariablesAreHonoured() {
        Home home =
                locate(
                        Map.of(
                                "XDG_CONFIG_HOME", folder.resolve("c").toString(),
                                "XDG_DATA_HOME", folder.resolve("d").toString(),
                                "XDG_STATE_HOME", folder.resolve("s").toString()));

        assertThat(home)
                .isEqualTo(
                        new Home(
                                folder.resolve("c/hal0"),
                                folder.resolve("d/hal0"),
                                folder.resolve("s/hal0")));
    }

    @Test
    void emptyAndRelativeVariablesCountAsUnset() {
        assertThat(locate(Map.of("HAL0_HOME", "", "XDG_CONFIG_HOME", "", "XDG_DATA_HOME", "data")))
                .isEqualTo(locate(Map.of()));
    }

    @Test
    void theSystemFolderServesWhereTheUserHasNone() throws IOException {
        Files.createDirectory(system);

        assertThat(locate(Map.of()).config()).isEqualTo(system);
        assertThat(locate(Map.of()).data()).isEqualTo(user.resolve(".local/share/hal0"));
    }

    @Test
    void theUsersFolderWinsOverTheSystemFolder() throws IOException {
        Files.createDirectory(system);
        Path own = Files.createDirectories(user.resolve(".config/hal0"));

        assertThat(locate(Map.of()).config()).isEqualTo(own);
    }

    @Test
    void configDirReplacesOnlyTheConfigFolder() {
        Path all = folder.resolve("all");
        Path other = folder.resolve("other");

        assertThat(Home.locate(Map.of("HAL0_HOME", all.toString()), user, other, system))
                .isEqualTo(new Home(other, all.resolve("data"), all.resolve("state")));
        assertThat(Home.locate(Map.of(), user, other, system))
                .isEqualTo(new Home(other, locate(Map.of()).data(), locate(Map.of()).state()));
    }

    @Test
    void foldersAreMadeForTheUserOnlyAndTwiceIsFine() throws IOException {
        Home home = locate(Map.of());

        home.createFolders();
        home.createFolders();

        for (Path made : new Path[] {home.config(), home.data(), home.state()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void anExistingFolderKeepsItsMode() throws IOException {
        Home home = locate(Map.of());
        Files.createDirectories(home.config());
        Files.setPosixFilePermissions(home.config(), PosixFilePermissions.fromString("rwxr-xr-x"));

        home.createFolders();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.config())))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void aFolderThatCannotBeMadeIsNamedWithTheReason() throws IOException {
        Files.writeString(user.resolve(".config"), "a file");

        assertThatThrownBy(() -> locate(Map.of()).createFolders())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot create the folder " + user.resolve(".config/hal0"));
    }
}
