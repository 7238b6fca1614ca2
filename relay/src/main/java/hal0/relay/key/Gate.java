package hal0.relay.key;

/// What a request has to pass at the door: who it is, and whether that one may ask once more.
public record Gate(Admission admission, Limits limits) {}
