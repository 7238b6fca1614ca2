/// What is known of models without asking their provider: a dated catalog that comes with hal0, and
/// a newer one that was fetched from a URL of the user's choice.
///
/// Entry type [hal0.providers.catalog.ModelCatalog]; a file is read when a model of its provider is
/// first looked up, never at start. May be shared between threads.
@NullMarked
package hal0.providers.catalog;

import org.jspecify.annotations.NullMarked;
