package hal0.cli.doctor;

import hal0.home.Home;
import hal0.home.IoReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Which folders are used, whether another one is overlooked, and who may write into them.
record HomeCheck(Home home, Path systemFolder, boolean chosen) implements Check {
    @Override
    public String id() {
        return "home";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        boolean both =
                !chosen
                        && Files.isDirectory(systemFolder)
                        && Files.isDirectory(home.config())
                        && !home.config().equals(systemFolder);
        rows.add(
                both
                        ? Row.warn(
                                "home",
                                "%s and %s both exist; only the first is read"
                                        .formatted(home.config(), systemFolder),
                                "move what you need to %s, or set HAL0_HOME"
                                        .formatted(home.config()))
                        : Row.pass("home", "configuration in " + home.config()));
        Set<Path> folders = new LinkedHashSet<>(List.of(home.config(), home.data(), home.state()));
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                rows.add(mode(folder));
            }
        }
        return rows;
    }

    private static Row mode(Path folder) {
        String id = "home.mode";
        try {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(folder);
            String shown = PosixFilePermissions.toString(mode);
            if (mode.contains(PosixFilePermission.OTHERS_WRITE)
                    || mode.contains(PosixFilePermission.GROUP_WRITE)) {
                return Row.fail(
                        id,
                        "%s can be written by other users (%s)".formatted(folder, shown),
                        "chmod go-w " + folder);
            }
            return Files.isWritable(folder)
                    ? Row.pass(id, "%s (%s)".formatted(folder, shown))
                    : Row.fail(
                            id,
                            "%s cannot be written by you (%s)".formatted(folder, shown),
                            "make it yours: chown -R $(id -un) " + folder);
        } catch (UnsupportedOperationException _) {
            return Row.skip(id, folder + " has no permissions to look at");
        } catch (IOException e) {
            return Row.fail(id, "%s: %s".formatted(folder, IoReason.of(e)), "");
        }
    }
}
