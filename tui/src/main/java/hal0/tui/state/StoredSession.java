package hal0.tui.state;

/// A session that can be gone on with; `detail` says when, how long and with whom.
public record StoredSession(String id, String title, String detail) {}
