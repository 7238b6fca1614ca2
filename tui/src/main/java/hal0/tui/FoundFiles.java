package hal0.tui;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Files that were found, and before them the folders that what was typed leads into.
final class FoundFiles {
    private static final int MOST_FOLDERS = 3;

    private FoundFiles() {}

    static List<String> of(String typed, List<String> files) {
        Set<String> folders = new LinkedHashSet<>();
        for (String file : files) {
            int slash = file.indexOf('/', typed.length());
            boolean inside = file.regionMatches(true, 0, typed, 0, typed.length());
            if (inside && slash > 0 && !typed.isEmpty() && folders.size() < MOST_FOLDERS) {
                folders.add(file.substring(0, slash + 1));
            }
        }
        List<String> all = new ArrayList<>(folders);
        all.addAll(files);
        return all;
    }
}
