package hal0.relay.route;

import hal0.relay.error.RelayException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of the list of models, for protocols whose lists come in pages.
///
/// **Shape** `more` is whether there are further ones in the direction that was asked for.
record ModelPage(List<String> ids, boolean more) {
    private static final int LARGEST = 1000;

    ModelPage {
        ids = List.copyOf(ids);
    }

    /// The page behind `cursor`, or the first one where that is null. `parameter` is the name of
    /// the cursor.
    ///
    /// **Errors** [RelayException] of status 400 when nothing listed is called like that.
    static ModelPage after(List<String> all, @Nullable String cursor, String parameter, int limit) {
        int from = cursor == null ? 0 : place(all, cursor, parameter) + 1;
        int to = Math.min(all.size(), from + limit);
        return new ModelPage(all.subList(from, to), to < all.size());
    }

    /// The page before `cursor`.
    ///
    /// **Errors** likewise.
    static ModelPage before(List<String> all, String cursor, String parameter, int limit) {
        int to = place(all, cursor, parameter);
        int from = Math.max(0, to - limit);
        return new ModelPage(all.subList(from, to), from > 0);
    }

    private static int place(List<String> all, String cursor, String parameter) {
        int place = all.indexOf(cursor);
        if (place < 0) {
            throw RelayException.at(
                    parameter,
                    400,
                    "request.invalid",
                    "%s names no model of the list; begin again without it".formatted(parameter));
        }
        return place;
    }

    /// The size that a client asks for.
    ///
    /// **Errors** [RelayException] of status 400 when that is no number from 1.
    static int size(@Nullable String asked, String parameter, int usual) {
        if (asked == null || asked.isEmpty()) {
            return usual;
        }
        boolean number = asked.length() <= 9 && asked.chars().allMatch(c -> c >= '0' && c <= '9');
        int size = number ? Integer.parseInt(asked) : 0;
        if (size < 1) {
            throw RelayException.at(
                    parameter,
                    400,
                    "request.invalid",
                    "%s must be a whole number from 1 to %d".formatted(parameter, LARGEST));
        }
        return Math.min(size, LARGEST);
    }
}
