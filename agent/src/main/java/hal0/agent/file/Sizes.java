package hal0.agent.file;

import java.util.Locale;

/// Sizes as people read them.
final class Sizes {
    private Sizes() {}

    static String of(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double size = bytes / 1024.0;
        String unit = "KB";
        for (String next : new String[] {"MB", "GB", "TB"}) {
            if (size >= 1024) {
                size /= 1024;
                unit = next;
            }
        }
        return String.format(Locale.ROOT, size < 10 ? "%.1f %s" : "%.0f %s", size, unit);
    }
}
