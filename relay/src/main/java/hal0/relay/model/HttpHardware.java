package hal0.relay.model;

import hal0.providers.client.RequestBuilder;
import hal0.providers.http.Transport;
import hal0.slots.hardware.Hardware;
import java.net.URI;

/// The machine that a relay runs on, over its `/api/hardware`.
public final class HttpHardware implements Hardware.Probe {
    private final OwnerCalls owner;

    public HttpHardware(Transport transport, RequestBuilder requests, URI address, String token) {
        this.owner = new OwnerCalls(transport, requests, address, token);
    }

    @Override
    public Hardware look() {
        return HardwareJson.hardware(owner.get("/api/hardware"));
    }
}
