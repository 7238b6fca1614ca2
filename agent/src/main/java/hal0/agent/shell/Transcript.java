package hal0.agent.shell;

import static java.nio.charset.StandardCharsets.UTF_8;

import hal0.home.IoReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What a command has written so far: for the model what is new since it last looked, for people
/// what is new since they were last told, and all of it in a file once it is long.
///
/// **Threads** one at a time.
final class Transcript {
    private static final int HEAD = 10 * 1024;
    private static final int TAIL = 19 * 1024;
    private static final int LIVE_HEAD = 4 * 1024;
    private static final int LIVE_TAIL = 8 * 1024;

    private final KeptOutputs kept;
    private final ByteArrayOutputStream beginning = new ByteArrayOutputStream();
    private Excerpt unread = new Excerpt(HEAD, TAIL);
    private Excerpt live = new Excerpt(LIVE_HEAD, LIVE_TAIL);
    private @Nullable KeptOutput file;
    private @Nullable String unkept;
    private boolean ended;

    Transcript(KeptOutputs kept) {
        this.kept = kept;
    }

    void add(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        unread.add(bytes);
        live.add(bytes);
        if (file == null && unkept == null) {
            if (beginning.size() + bytes.length <= HEAD + TAIL) {
                beginning.writeBytes(bytes);
                return;
            }
            open();
        }
        if (file != null) {
            file.add(bytes);
        }
    }

    private void open() {
        try {
            file = kept.create();
            file.add(beginning.toByteArray());
            if (ended) {
                file.close();
            }
        } catch (IOException e) {
            unkept = "it could not be kept in a file: " + IoReason.of(e);
        }
        beginning.reset();
    }

    /// Nothing follows.
    void end() {
        ended = true;
        if (file != null) {
            file.close();
        }
    }

    /// For the model: what it has not seen yet, within 30 KB.
    String takeUnread() {
        String text = unread.text(this::gap);
        unread = new Excerpt(HEAD, TAIL);
        return text;
    }

    private String gap(long bytes) {
        String where = file == null ? String.valueOf(unkept) : file.told();
        return "\n[… %d bytes left out here; %s …]\n".formatted(bytes, where);
    }

    boolean hasLive() {
        return !live.isEmpty();
    }

    /// For people who watch: what is new.
    String takeLive() {
        String text = live.text("\n[… %d bytes …]\n"::formatted);
        live = new Excerpt(LIVE_HEAD, LIVE_TAIL);
        return text;
    }
}
