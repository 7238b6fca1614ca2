/// The names that the files of a home give to models: routes, the registry, and slots.
///
/// Entry type [hal0.relay.routing.Names], an immutable snapshot of them that the dispatcher decides
/// by. Nothing here calls anybody; the sections read, `RouteCheck` compares what they say.
@NullMarked
package hal0.relay.routing;

import org.jspecify.annotations.NullMarked;
