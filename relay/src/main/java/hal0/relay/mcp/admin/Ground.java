package hal0.relay.mcp.admin;

import hal0.relay.api.JsonBody;
import hal0.relay.api.SystemRoutes.Check;
import hal0.relay.approval.ApprovalDesk;
import hal0.relay.control.Audit;
import hal0.relay.control.ControlPlane;
import hal0.relay.control.ProfileControl;
import hal0.relay.control.Rehearsal;
import hal0.relay.event.Events;
import hal0.relay.mcp.protocol.Call;
import hal0.relay.model.ModelControl;
import hal0.slots.hardware.Hardware;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the tools stand on; `control` is the control plane for who is named so in the audit.
public record Ground(
        Function<String, ControlPlane> control,
        ModelControl models,
        ProfileControl profiles,
        Rehearsal rehearsal,
        Hardware.Probe hardware,
        Supplier<List<Check>> checks,
        ApprovalDesk approvals,
        Audit audit,
        Events events,
        ZoneId zone) {

    /// What the work of a tool gets.
    Given given(Call call, JsonBody arguments) {
        return new Given(call, arguments, this);
    }
}
