package hal0.cli.wiring;

import hal0.home.Home;
import hal0.home.IoReason;
import hal0.home.OwnerLock;
import hal0.home.RelayFile;
import hal0.home.error.ErrorKind;
import hal0.relay.control.ControlException;
import java.io.IOException;
import java.util.Optional;

/// The process that owns a home.
final class Owner {
    private Owner() {}

    /// Where it listens, if one runs and has told; reads two small files.
    ///
    /// **Errors** [ControlException] when they cannot be read.
    static Optional<RelayFile> find(Home home) {
        try {
            return OwnerLock.read(home).isPresent()
                    ? RelayFile.read(home).filter(RelayFile::isRunning)
                    : Optional.empty();
        } catch (IOException e) {
            throw new ControlException(
                    ErrorKind.CONFIGURATION,
                    "%s cannot be read: %s".formatted(home.ownerLock(), IoReason.of(e)),
                    e);
        }
    }
}
