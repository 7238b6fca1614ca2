package hal0.agent.permission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The names of the files that git tracks, without starting git.
///
/// **Source** gitformat-index(5) and gitrepository-layout(5) of git 2.43, read 2026-11-21.
final class GitIndex {
    private static final int SIGNATURE = 0x44495243; // DIRC
    private static final int SHA_1 = 20;
    private static final int SHA_256 = 32;

    /// What stands before the hash of an entry: times, device, mode, owner, size.
    private static final int STAT = 40;

    private static final int EXTENDED = 0x4000;
    private static final long LARGEST = 128L << 20;

    private GitIndex() {}

    /// From the root of the repository in `top`; empty when they cannot be told.
    static Optional<List<String>> names(Path top) {
        try {
            Path git = folder(top);
            Path index = git.resolve("index");
            if (!Files.exists(index)) {
                return isUnborn(git) ? Optional.of(List.of()) : Optional.empty();
            }
            if (Files.size(index) > LARGEST) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(index);
            return names(bytes, SHA_1).or(() -> names(bytes, SHA_256));
        } catch (IOException | InvalidPathException _) {
            return Optional.empty(); // to be asked
        }
    }

    private static Path folder(Path top) throws IOException {
        Path git = top.resolve(".git");
        if (!Files.isRegularFile(git)) {
            return Files.exists(git) ? git : top;
        }
        String line = Files.readString(git).lines().findFirst().orElse("");
        return top.resolve(line.replaceFirst("^gitdir: ", ""));
    }

    /// Without a commit there is nothing to print.
    private static boolean isUnborn(Path git) throws IOException {
        Path heads = git.resolve("refs/heads");
        if (Files.exists(git.resolve("packed-refs")) || !Files.isDirectory(heads)) {
            return false;
        }
        try (Stream<Path> branches = Files.list(heads)) {
            return branches.findAny().isEmpty();
        }
    }

    /// Empty unless all of it is understood: an extension in small letters changes what is tracked.
    static Optional<List<String>> names(byte[] bytes, int hash) {
        try {
            ByteBuffer in = ByteBuffer.wrap(bytes);
            if (in.getInt() != SIGNATURE) {
                return Optional.empty();
            }
            int version = in.getInt();
            int count = in.getInt();
            if (version < 2 || version > 4 || count < 0) {
                return Optional.empty();
            }
            List<String> names = new ArrayList<>();
            byte[] name = new byte[0];
            for (int at = 0; at < count; at++) {
                name = name(in, version, hash, name);
                names.add(new String(name, UTF_8));
            }
            return extensions(in, hash) ? Optional.of(names) : Optional.empty();
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException _) {
            return Optional.empty(); // it ends early, or the hashes are of another length
        }
    }

    private static byte[] name(ByteBuffer in, int version, int hash, byte[] before) {
        int start = in.position();
        in.position(start + STAT + hash);
        if ((in.getShort() & EXTENDED) != 0) {
            in.getShort();
        }
        int kept = version == 4 ? before.length - offset(in) : 0;
        int from = in.position();
        int end = from;
        while (in.get(end) != 0) {
            end++;
        }
        byte[] name = Arrays.copyOf(before, kept + end - from);
        in.get(from, name, kept, end - from);
        // Before version 4 one to eight zeros fill it to a multiple of eight.
        in.position(version == 4 ? end + 1 : start + ((end - start) / 8 + 1) * 8);
        return name;
    }

    /// How much of the name before is dropped, in git's own writing of numbers.
    private static int offset(ByteBuffer in) {
        int next = in.get() & 0xff;
        int value = next & 0x7f;
        while ((next & 0x80) != 0) {
            next = in.get() & 0xff;
            value = ((value + 1) << 7) + (next & 0x7f);
        }
        return value;
    }

    private static boolean extensions(ByteBuffer in, int hash) {
        while (in.remaining() > hash) {
            boolean optional = Character.isUpperCase(in.get(in.position()));
            in.getInt();
            int length = in.getInt();
            if (!optional || length < 0) {
                return false;
            }
            in.position(in.position() + length);
        }
        return in.remaining() == hash;
    }
}
