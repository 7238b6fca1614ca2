package hal0.providers.http;

import java.net.UnknownHostException;

/// A name led to an address that [AddressGuard] keeps calls away from.
final class RefusedAddressException extends UnknownHostException {
    RefusedAddressException(String message) {
        super(message);
    }
}
