package hal0.slots.model.pull;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// One file to be fetched.
///
/// **Shape** `place` is its name in the store; `sha256` what it has to be, null where nobody says.
/// **Units** bytes, -1 where nobody says.
record Asset(URI uri, String place, long size, @Nullable String sha256) {
    String name() {
        return FileNames.last(place);
    }
}
