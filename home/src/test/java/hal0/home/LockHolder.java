package hal0.home;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/// A process of its own for [OwnerLockTest]: tries to own the home in its first argument, says
/// whether it does, and holds on until its input ends.
final class LockHolder {
    private LockHolder() {}

    public static void main(String[] args) throws IOException {
        Path root = Path.of(args[0]);
        Home home = new Home(root, root.resolve("data"), root.resolve("state"));
        Optional<OwnerLock> lock = OwnerLock.tryAcquire(home);
        if (lock.isPresent() && args.length > 1) {
            lock.get().announce(args[1]);
        }
        System.out.println(lock.isPresent() ? "owner" : "refused");
        while (System.in.read() >= 0) {
            // Until the test closes the pipe or kills this process.
        }
    }
}
