package hal0.cli.doctor;

import hal0.relay.control.Finding.Status;

/// What one check found.
///
/// **Shape** `id` is what was looked at, such as `config` or `key.groq`; `message` names the place
/// and the reason; `fix` says what to do, empty where there is nothing to do. Neither holds a
/// secret.
record Row(String id, Status status, String message, String fix) {
    static Row pass(String id, String message) {
        return new Row(id, Status.PASS, message, "");
    }

    static Row skip(String id, String message) {
        return new Row(id, Status.SKIP, message, "");
    }

    static Row warn(String id, String message, String fix) {
        return new Row(id, Status.WARN, message, fix);
    }

    static Row fail(String id, String message, String fix) {
        return new Row(id, Status.FAIL, message, fix);
    }

    /// `graver` when it matters, else a warning.
    static Row bad(boolean graver, String id, String message, String fix) {
        return graver ? fail(id, message, fix) : warn(id, message, fix);
    }

    /// A row of a message that ends in what to do, as errors of providers do: `… refused. Check
    /// it.`
    static Row told(boolean graver, String id, String message) {
        String text = message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
        int cut = text.lastIndexOf(". ");
        if (cut < 0) {
            return bad(graver, id, text, "");
        }
        String fix = Character.toLowerCase(text.charAt(cut + 2)) + text.substring(cut + 3);
        return bad(graver, id, text.substring(0, cut), fix);
    }
}
