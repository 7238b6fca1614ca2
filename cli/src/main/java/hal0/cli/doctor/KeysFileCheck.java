package hal0.cli.doctor;

import hal0.home.EnvFile;
import hal0.home.Secrets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// `api.env`: its lines, who may read it, and what the environment says otherwise.
record KeysFileCheck(Path file, Secrets secrets) implements Check {
    @Override
    public String id() {
        return "keys";
    }

    @Override
    public List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (EnvFile.Problem problem : secrets.problems()) {
            String place = problem.file() + (problem.line() > 0 ? ":" + problem.line() : "");
            rows.add(Row.fail("keys.file", place + ": " + problem.message(), problem.fix()));
        }
        for (String name : secrets.differing()) {
            rows.add(
                    Row.warn(
                            "keys.environment",
                            "%s is set in the environment to another value than in api.env; the environment counts"
                                    .formatted(name),
                            "unset %1$s in the shell, or remove it from %2$s"
                                    .formatted(name, file)));
        }
        if (rows.isEmpty()) {
            rows.add(
                    Files.exists(file)
                            ? Row.pass(
                                    "keys.file",
                                    "%s holds %d".formatted(file, secrets.namesInFile().size()))
                            : Row.skip("keys.file", "there is no " + file));
        }
        return rows;
    }
}
