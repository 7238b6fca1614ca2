package hal0.slots.swarm;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.LocalNodeState;
import com.github.dockerjava.api.model.SwarmSpec;
import hal0.slots.definition.SlotSpec.RuntimeName;
import hal0.slots.engine.Engine;
import hal0.slots.testing.TestEngines;
import java.net.URI;
import java.util.function.Function;

/// The engine of the tests as a swarm of one node, for as long as it is needed.
record TestSwarm(URI address, Engine engine, boolean isOurs) {

    /// A swarm that is there already stays afterwards.
    static TestSwarm join() {
        URI address = TestEngines.with(RuntimeName.DOCKER);
        TestSwarm swarm = new TestSwarm(address, Engine.at(RuntimeName.DOCKER, address), true);
        LocalNodeState state =
                swarm.ask(client -> client.infoCmd().exec().getSwarm().getLocalNodeState());
        if (state == LocalNodeState.ACTIVE) {
            return new TestSwarm(address, swarm.engine(), false);
        }
        swarm.begin();
        return swarm;
    }

    void begin() {
        ask(client ->
                client.initializeSwarmCmd(new SwarmSpec().withName("default"))
                        .withListenAddr("127.0.0.1")
                        .withAdvertiseAddr("127.0.0.1")
                        .exec());
    }

    void end() {
        ask(client -> client.leaveSwarmCmd().withForceEnabled(true).exec());
    }

    void leave() {
        if (isOurs) {
            end();
        }
        engine.close();
    }

    <T> T ask(Function<DockerClient, T> work) {
        return engine.connect().call("be tested", work);
    }
}
