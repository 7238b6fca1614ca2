package hal0.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The program with a thread in it that dies of a fault, once a file is there.
public final class Faulty {
    private Faulty() {}

    public static void main(String[] arguments) {
        Path sign = Path.of(System.getenv("HAL0_HOME"), "break");
        Runnable fault =
                switch (System.getenv("FAULT")) {
                    case "exception" ->
                            () -> {
                                throw new IllegalStateException("planted");
                            };
                    case "memory" -> Faulty::hoard;
                    default -> () -> overflow(1);
                };
        Thread.ofPlatform()
                .name("planted")
                .daemon()
                .start(() -> {
                    while (!Files.exists(sign)) {
                        LockSupport.parkNanos(10_000_000);
                    }
                    fault.run();
                });
        Main.main(arguments);
    }

    private static void hoard() {
        List<long[]> kept = new ArrayList<>();
        while (kept.size() < Integer.MAX_VALUE) {
            kept.add(new long[1 << 20]);
        }
    }

    private static int overflow(int depth) {
        return overflow(depth + 1) + overflow(depth + 2);
    }
}
