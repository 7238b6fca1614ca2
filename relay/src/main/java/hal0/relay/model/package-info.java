/// The files of models, as commands and `/api` see them: the registry, what is pulled, what is in
/// the store.
///
/// Entry type [hal0.relay.model.ModelControl], for this process or for the owner of the home.
@NullMarked
package hal0.relay.model;

import org.jspecify.annotations.NullMarked;
