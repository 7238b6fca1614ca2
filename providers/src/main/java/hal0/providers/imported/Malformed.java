package hal0.providers.imported;

import hal0.home.config.ConfigException;
import hal0.home.config.ConfigProblem;
import hal0.home.config.ConfigProblem.Severity;
import java.util.List;

/// A file that cannot be read at all.
final class Malformed {
    private Malformed() {}

    static ConfigException at(String fileName, int line, String message) {
        return at(fileName, line, message, "");
    }

    static ConfigException at(String fileName, int line, String message, String fix) {
        return new ConfigException(
                List.of(new ConfigProblem(Severity.ERROR, fileName, line, 0, "", message, fix)));
    }
}
