/// `/mcp/admin`: this relay operated by agents.
///
/// Entry type [hal0.relay.mcp.admin.AdminServer]. Tools that look run at once; what can be undone
/// runs and is noted with who asked; everything else waits at the
/// [hal0.relay.approval.ApprovalDesk] until the owner allows it. All of them go through the
/// [hal0.relay.control.ControlPlane], as `/api` and the command line do. There is no tool that
/// makes a key: whoever reads a conversation would read the key.
@NullMarked
package hal0.relay.mcp.admin;

import org.jspecify.annotations.NullMarked;
