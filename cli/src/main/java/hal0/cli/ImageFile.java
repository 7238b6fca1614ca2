package hal0.cli;

import hal0.cli.console.CommandException;
import hal0.cli.console.ExitCode;
import hal0.home.IoReason;
import hal0.providers.message.MediaSource;
import hal0.providers.message.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// Reads an image for a model; its first bytes say what it is, whatever its name.
final class ImageFile {
    private static final long LARGEST = 20L * 1024 * 1024;

    private ImageFile() {}

    static Part.Image read(Path file) {
        byte[] bytes;
        try {
            if (Files.size(file) > LARGEST) {
                throw new CommandException(
                        ExitCode.USAGE, file + " is larger than 20 MB, which no provider takes");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.USAGE, "%s cannot be read: %s".formatted(file, IoReason.of(e)));
        }
        String type = mediaType(bytes);
        if (type.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, file + " is not a png, jpeg, gif or webp image");
        }
        return new Part.Image(
                new MediaSource.Base64(type, Base64.getEncoder().encodeToString(bytes)));
    }

    private static String mediaType(byte[] bytes) {
        if (starts(bytes, 0, 0x89, 'P', 'N', 'G')) {
            return "image/png";
        }
        if (starts(bytes, 0, 0xff, 0xd8, 0xff)) {
            return "image/jpeg";
        }
        if (starts(bytes, 0, 'G', 'I', 'F', '8')) {
            return "image/gif";
        }
        if (starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P')) {
            return "image/webp";
        }
        return "";
    }

    private static boolean starts(byte[] bytes, int offset, int... magic) {
        if (bytes.length < offset + magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((bytes[offset + i] & 0xff) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
