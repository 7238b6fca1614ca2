package hal0.providers.error;

/// The four clocks of a call, named in the error when one runs out.
public enum Clock {
    CONNECT("connect"),
    FIRST_TOKEN("first token"),
    IDLE("idle"),
    TOTAL("total");

    private final String words;

    Clock(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
