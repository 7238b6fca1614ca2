/// Calls over HTTP: the only package that knows the HTTP client library.
///
/// Entry type [hal0.providers.http.Transport]. Blocking; made for virtual threads.
@NullMarked
package hal0.providers.http;

import org.jspecify.annotations.NullMarked;
