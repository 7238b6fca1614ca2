package hal0.home.config;

/// The keys that one module reads from a configuration file, and the record that they become.
///
/// **Shape** `name` is the top-level table, such as `relay` or `providers`; empty for a file whose
/// keys stand at its top, before any table.
public interface Section<T> {
    String name();

    /// Reads the table; an absent one is an empty reader, so that defaults are written once, here.
    /// Problems go to the reader; what is returned must be usable even so.
    T read(TableReader table);
}
