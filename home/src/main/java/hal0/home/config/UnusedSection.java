package hal0.home.config;

/// A table that belongs to hal0 and that this version does not read yet: whoever has written it is
/// told once, and not that every key in it is wrong.
public record UnusedSection(String name) implements Section<Boolean> {

    /// Whether the table is there.
    @Override
    public Boolean read(TableReader table) {
        if (table.isPresent()) {
            table.acceptAll();
            table.warning(null, "this version of hal0 does not use this table", "it has no effect");
        }
        return table.isPresent();
    }
}
