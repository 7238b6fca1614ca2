package hal0.tui.state;

import java.util.List;

/// What a board shows. **Shape** `subject` is what it is about, such as the name of a slot; empty
/// where there is only one.
public record Place(Kind kind, String subject) {
    /// The tabs of the settings, in their order.
    static final List<Kind> SETTINGS =
            List.of(
                    Kind.MODEL,
                    Kind.PROVIDERS,
                    Kind.SLOTS,
                    Kind.MCP,
                    Kind.PERMISSIONS,
                    Kind.THEME,
                    Kind.CONFIG,
                    Kind.HELP);

    /// The tabs of the sessions.
    static final List<Kind> SESSIONS = List.of(Kind.SESSIONS, Kind.ALL_SESSIONS);

    /// What there is to show; `live` when it changes by itself and is asked for each second.
    public enum Kind {
        MODEL("Model", false),
        PROVIDERS("Providers", false),
        PROVIDER("Provider", false),
        SLOTS("Slots", true),
        SLOT("Slot", true),
        SLOT_LOG("Log of", true),
        SLOT_MODELS("Model for", false),
        SPEND("Spend", true),
        RELAY("Relay", true),
        REQUEST("Request", true),
        APPROVAL("Approval", true),
        DOCTOR("Doctor", false),
        MCP("MCP", true),
        PERMISSIONS("Permissions", false),
        THEME("Theme", false),
        CONFIG("Config", false),
        HELP("Help", false),
        MODELS("Choose a model", false),
        FIRST_RUN("Welcome to hal0: choose what to talk to", false),
        SESSIONS("This folder", false),
        ALL_SESSIONS("All folders", false),
        MEMORY("Memory", false),
        AGENTS("Agents", false),
        SERVER("MCP server", true);

        private final String title;
        private final boolean live;

        Kind(String title, boolean live) {
            this.title = title;
            this.live = live;
        }

        public String title() {
            return title;
        }

        boolean live() {
            return live;
        }

        /// Whether more is told of the chosen row beside it, where there is room.
        public boolean sided() {
            return Place.SESSIONS.contains(this);
        }

        /// Whether what is typed is also looked for elsewhere than in the rows.
        boolean searched() {
            return Place.SESSIONS.contains(this) || this == MEMORY;
        }

        /// Whether it is read from its end, which is followed.
        public boolean tail() {
            return this == SLOT_LOG;
        }
    }

    /// The ways in which spend is looked at, in their order.
    public static final List<String> SPENDING =
            List.of("", "days", "models", "providers", "clients");

    public static Place of(Kind kind) {
        return new Place(kind, "");
    }

    /// As one of several tabs.
    public String label() {
        return kind != Kind.SPEND ? title() : subject.isEmpty() ? "session" : subject;
    }

    public String title() {
        return subject.isEmpty() ? kind.title() : kind.title() + " " + subject;
    }
}
