package hal0.providers.imported;

import org.jspecify.annotations.Nullable;

/// A value as a parser gives it.
///
/// **Shape** `value` is a String, BigDecimal, Boolean, null, a `Map<String, Tree>` or a
/// `List<Tree>`; the same tree may stand in several places, as YAML's aliases do.
record Tree(int line, @Nullable Object value) {}
