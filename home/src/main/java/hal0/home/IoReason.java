package hal0.home;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/// Why a file could not be read or written, in words: the JDK's own messages are often the bare
/// path.
public final class IoReason {
    private IoReason() {}

    /// A few words without the path, such as `permission denied`.
    public static String of(IOException e) {
        return switch (e) {
            case AccessDeniedException _ -> "permission denied";
            case NoSuchFileException _ -> "there is no such file or folder";
            case NotDirectoryException _ -> "it is not a folder";
            case DirectoryNotEmptyException _ -> "the folder is not empty";
            case FileAlreadyExistsException _ -> "something else with that name is in the way";
            case FileSystemLoopException _ -> "the links lead in a circle";
            case CharacterCodingException _ -> "it is not UTF-8 text";
            case FileSystemException f when f.getReason() != null -> words(f.getReason());
            default -> words(e.getMessage());
        };
    }

    private static String words(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return "unknown reason";
        }
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
