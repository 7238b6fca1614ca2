package hal0.agent.checkpoint;

import hal0.home.AtomicFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A look in a file, so that the next session need not read every file of the workspace again.
///
/// **Shape** `stamp` says which objects were there: when the store let some go since, the look
/// proves nothing about them.
record LookFile(Look look, String stamp) {
    private static final int VERSION = 1;

    private static final int ABSENT = 0;
    private static final int SAVED = 1;
    private static final int LINK = 2;
    private static final int FOLDER = 3;
    private static final int UNSAVED = 4;

    void write(Path file) throws IOException {
        AtomicFile.writePrivate(file, bytes());
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 16);
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(VERSION);
        out.writeUTF(stamp);
        String beyond = look.beyond();
        out.writeUTF(beyond == null ? "" : beyond);
        names(out, look.ignored());
        names(out, look.unseen());
        out.writeInt(look.seen().size());
        for (Map.Entry<String, Look.Seen> each : look.seen().entrySet()) {
            Look.Seen seen = each.getValue();
            out.writeUTF(each.getKey());
            stat(out, seen.stat());
            state(out, seen.state());
            out.writeBoolean(seen.racy());
        }
        return bytes.toByteArray();
    }

    /// Null when there is none that this version can read.
    static @Nullable LookFile read(Path file) throws IOException {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            if (in.readInt() != VERSION) {
                return null;
            }
            String stamp = in.readUTF();
            String beyond = in.readUTF();
            Set<String> ignored = names(in);
            Set<String> unseen = names(in);
            int count = in.readInt();
            Map<String, Look.Seen> seen = HashMap.newHashMap(count);
            for (int i = 0; i < count; i++) {
                seen.put(in.readUTF(), new Look.Seen(stat(in), state(in), in.readBoolean()));
            }
            return new LookFile(
                    new Look(seen, ignored, unseen, beyond.isEmpty() ? null : beyond), stamp);
        } catch (NoSuchFileException _) {
            return null;
        }
    }

    private static void names(DataOutputStream out, Set<String> names) throws IOException {
        out.writeInt(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    private static Set<String> names(DataInputStream in) throws IOException {
        int count = in.readInt();
        Set<String> names = HashSet.newHashSet(count);
        for (int i = 0; i < count; i++) {
            names.add(in.readUTF());
        }
        return names;
    }

    private static void stat(DataOutputStream out, FileStat stat) throws IOException {
        out.writeInt(stat.mode());
        out.writeLong(stat.size());
        out.writeLong(stat.modified());
        out.writeLong(stat.changed());
        out.writeLong(stat.inode());
    }

    private static FileStat stat(DataInputStream in) throws IOException {
        return new FileStat(
                in.readInt(), in.readLong(), in.readLong(), in.readLong(), in.readLong());
    }

    private static void state(DataOutputStream out, FileState state) throws IOException {
        switch (state) {
            case FileState.Absent _ -> out.writeByte(ABSENT);
            case FileState.Saved(var hash, var mode) -> {
                out.writeByte(SAVED);
                out.writeUTF(hash);
                out.writeUTF(mode);
            }
            case FileState.Link(var target) -> {
                out.writeByte(LINK);
                out.writeUTF(target);
            }
            case FileState.Folder(var mode) -> {
                out.writeByte(FOLDER);
                out.writeUTF(mode);
            }
            case FileState.Unsaved(var why) -> {
                out.writeByte(UNSAVED);
                out.writeUTF(why);
            }
        }
    }

    private static FileState state(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case ABSENT -> new FileState.Absent();
            case SAVED -> new FileState.Saved(in.readUTF(), in.readUTF());
            case LINK -> new FileState.Link(in.readUTF());
            case FOLDER -> new FileState.Folder(in.readUTF());
            case UNSAVED -> new FileState.Unsaved(in.readUTF());
            default -> throw new IOException("the look is damaged");
        };
    }
}
