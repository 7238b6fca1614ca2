package hal0.providers.script;

/// A hook returned nil and this text: the script does not want the call to be made.
final class RefusedByScript extends RuntimeException {
    RefusedByScript(String text) {
        super(text);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
