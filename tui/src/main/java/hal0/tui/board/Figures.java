package hal0.tui.board;

import hal0.home.ledger.LedgerRow;
import hal0.home.ledger.Tally;
import hal0.providers.price.Money;
import hal0.tui.text.Digits;
import java.time.Duration;
import java.util.Locale;

/// Numbers as boards show them.
final class Figures {
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private Figures() {}

    static String grouped(long count) {
        return Digits.grouped(count);
    }

    /// `950`, `12.3k`, `4.56M`.
    static String compact(long count) {
        if (count < 1000) {
            return Long.toString(count);
        }
        return count < 999_950
                ? String.format(Locale.ROOT, "%.1fk", count / 1e3)
                : String.format(Locale.ROOT, "%.2fM", count / 1e6);
    }

    static String gigabytes(long mb) {
        return String.format(Locale.ROOT, mb < 10 * 1024 ? "%.1f GB" : "%.0f GB", mb / 1024.0);
    }

    /// `340 ms`, `1.2 s`, `75 s`.
    static String millis(long ms) {
        if (ms < 1000) {
            return ms + " ms";
        }
        return ms < 10_000
                ? String.format(Locale.ROOT, "%.1f s", ms / 1000.0)
                : Math.round(ms / 1000.0) + " s";
    }

    /// `45 s`, `12 min`, `3 h 20 min`, `5 days`.
    static String span(Duration time) {
        long minutes = Math.max(0, time.toMinutes());
        if (minutes < 1) {
            return Math.max(0, time.toSeconds()) + " s";
        }
        if (minutes < 60) {
            return minutes + " min";
        }
        return minutes < 48 * 60
                ? minutes / 60 + " h " + minutes % 60 + " min"
                : minutes / (24 * 60) + " days";
    }

    /// `local`, `n/a`, `$0.12`, `$0.12 + n/a`: what nobody knows is never left out.
    static String cost(Tally tally) {
        if (tally.priced() > 0 || tally.costUsd().signum() > 0) {
            return Money.format(tally.costUsd()) + (tally.unpriced() > 0 ? " + n/a" : "");
        }
        if (tally.unpriced() > 0) {
            return "n/a";
        }
        return tally.local() > 0 ? "local" : Money.format(tally.costUsd());
    }

    static String cost(LedgerRow row) {
        if (row.local()) {
            return "local";
        }
        return row.costUsd() == null ? "n/a" : Money.format(row.costUsd());
    }

    /// A part of 0 to 1 in eighths of a cell; what is more than nothing shows at least one.
    static String bar(double part, int cells) {
        if (!(part > 0)) {
            return "";
        }
        int eighths = Math.clamp(Math.round(part * cells * 8), 1, cells * 8);
        String rest = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
        return "█".repeat(eighths / 8) + rest;
    }
}
