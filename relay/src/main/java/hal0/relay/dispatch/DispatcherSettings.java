package hal0.relay.dispatch;

import hal0.home.config.Section;
import hal0.home.config.TableReader;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// The `[dispatcher]` table.
///
/// **Shape** `prefetchTimeout` bounds how long a request waits for model lists that were never
/// fetched, `prefetchCap` how many are fetched at once; `waitForLoad` how long it waits for a slot
/// that is not loaded; `chatForUnknown` is whether a name that nobody knows goes to the chat slot.
public record DispatcherSettings(
        Duration prefetchTimeout, int prefetchCap, Duration waitForLoad, boolean chatForUnknown) {
    private static final double USUAL_SECONDS = 8;
    private static final int USUAL_CAP = 4;
    private static final double USUAL_WAIT = 10;

    /// What holds where nothing is written down.
    public static final DispatcherSettings USUAL =
            new DispatcherSettings(seconds(USUAL_SECONDS), USUAL_CAP, seconds(USUAL_WAIT), true);

    private enum UnknownModel {
        CHAT_SLOT,
        ERROR
    }

    /// Reads the table.
    public static final Section<DispatcherSettings> SECTION =
            new Section<>() {
                @Override
                public String name() {
                    return "dispatcher";
                }

                @Override
                public DispatcherSettings read(TableReader table) {
                    double seconds = table.number("prefetch_timeout_s", USUAL_SECONDS, 0);
                    warnIf(
                            seconds > USUAL_SECONDS,
                            table,
                            "prefetch_timeout_s",
                            "a list that has not come after 8 seconds is given up");
                    int cap = (int) table.integer("prefetch_parallel_cap", USUAL_CAP, 1, 64);
                    double wait = table.number("wait_for_load_s", USUAL_WAIT, 0);
                    UnknownModel unknown =
                            table.choice("unknown_model", UnknownModel.CHAT_SLOT, words());
                    return new DispatcherSettings(
                            seconds(seconds),
                            cap,
                            seconds(wait),
                            unknown == UnknownModel.CHAT_SLOT);
                }
            };

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private static void warnIf(boolean heedless, TableReader table, String key, String why) {
        if (heedless) {
            table.warning(key, why, "it has no effect");
        }
    }

    private static Map<String, UnknownModel> words() {
        Map<String, UnknownModel> words = new LinkedHashMap<>();
        words.put("chat-slot", UnknownModel.CHAT_SLOT);
        words.put("error", UnknownModel.ERROR);
        return words;
    }
}
