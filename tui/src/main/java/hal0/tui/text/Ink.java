package hal0.tui.text;

/// A role and the emphasis that the text itself asks for. **Shape** `target` is the address that a
/// link leads to, empty where there is none.
public record Ink(Role role, boolean bold, boolean italic, boolean strike, String target) {
    public static final Ink PLAIN = of(Role.PLAIN);
    public static final Ink DIM = of(Role.DIM);
    public static final Ink MARKER = of(Role.MARKER);

    public static Ink of(Role role) {
        return new Ink(role, false, false, false, "");
    }

    public Ink withRole(Role other) {
        return new Ink(other, bold, italic, strike, target);
    }

    public Ink withBold() {
        return new Ink(role, true, italic, strike, target);
    }

    public Ink withItalic() {
        return new Ink(role, bold, true, strike, target);
    }

    public Ink withStrike() {
        return new Ink(role, bold, italic, true, target);
    }

    public Ink withTarget(String address) {
        return new Ink(role, bold, italic, strike, address);
    }
}
