/// The HTTP surface: every route as data, one class per family of handlers, errors in each
/// dialect's own shape.
///
/// Entry types [hal0.relay.route.RouteTable] and `Front`, which guards, finds the route and
/// answers.
@NullMarked
package hal0.relay.route;

import org.jspecify.annotations.NullMarked;
