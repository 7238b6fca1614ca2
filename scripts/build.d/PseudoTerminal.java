import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;

/// A terminal of 120x40 that this process is the other end of: neither script(1) nor Python need be there.
///
/// **Source** posix_openpt(3), ptsname(3); the same calls on Linux and macOS.
final class PseudoTerminal implements AutoCloseable {
    private static final int READ_AND_WRITE = 2;

    private final int handle;
    private final File device;

    private PseudoTerminal(int handle, File device) {
        this.handle = handle;
        this.device = device;
    }

    static PseudoTerminal open() throws IOException, InterruptedException {
        int handle = (int) call("posix_openpt", JAVA_INT, READ_AND_WRITE);
        if (handle < 0
                || (int) call("grantpt", JAVA_INT, handle) != 0
                || (int) call("unlockpt", JAVA_INT, handle) != 0) {
            throw new IOException("no pseudo-terminal could be opened");
        }
        MemorySegment name = (MemorySegment) call("ptsname", ADDRESS, handle);
        File device = new File(name.reinterpret(256).getString(0));
        new ProcessBuilder("stty", "rows", "40", "columns", "120")
                .redirectInput(device)
                .start()
                .waitFor();
        return new PseudoTerminal(handle, device);
    }

    File device() {
        return device;
    }

    /// Types a text, as a terminal that answers who it is when it is asked.
    void type(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocateFrom(JAVA_BYTE, bytes);
            call("write", JAVA_LONG, handle, memory, (long) bytes.length);
        }
    }

    void until(String text) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            String more = read();
            if (more.isEmpty()) {
                throw new IOException("it ended before it showed " + text + "\n" + seen);
            }
            seen.append(more);
        }
    }

    void untilItCloses() throws IOException {
        while (!read().isEmpty()) {}
    }

    private String read() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(1 << 16);
            long count = (long) call("read", JAVA_LONG, handle, memory, memory.byteSize());
            if (count <= 0) {
                return "";
            }
            String text = new String(memory.asSlice(0, count).toArray(JAVA_BYTE), UTF_8);
            if (text.contains("\u001b[c")) {
                // It knows synchronized output.
                type("\u001b[?2026;2$y\u001b[?62;22c");
            }
            return text;
        }
    }

    private static Object call(String function, MemoryLayout result, Object... arguments) throws IOException {
        MemoryLayout[] kinds = new MemoryLayout[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            kinds[i] =
                    switch (arguments[i]) {
                        case Integer _ -> JAVA_INT;
                        case Long _ -> JAVA_LONG;
                        default -> ADDRESS;
                    };
        }
        Linker linker = Linker.nativeLinker();
        try {
            return linker.downcallHandle(
                            linker.defaultLookup().find(function).orElseThrow(),
                            FunctionDescriptor.of(result, kinds))
                    .invokeWithArguments(arguments);
        } catch (Throwable e) {
            throw new IOException(function, e);
        }
    }

    @Override
    public void close() throws IOException {
        call("close", JAVA_INT, handle);
    }
}
