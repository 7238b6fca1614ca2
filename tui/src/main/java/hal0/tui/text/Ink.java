package hal0.tui.text;

/// A role and the emphasis that the text itself asks for.
public record Ink(Role role, boolean bold, boolean italic, boolean strike) {
    public static final Ink PLAIN = of(Role.PLAIN);
    public static final Ink DIM = of(Role.DIM);
    public static final Ink MARKER = of(Role.MARKER);

    public static Ink of(Role role) {
        return new Ink(role, false, false, false);
    }

    public Ink withRole(Role other) {
        return new Ink(other, bold, italic, strike);
    }

    public Ink withBold() {
        return new Ink(role, true, italic, strike);
    }

    public Ink withItalic() {
        return new Ink(role, bold, true, strike);
    }

    public Ink withStrike() {
        return new Ink(role, bold, italic, true);
    }
}
