package hal0.relay.mcp.protocol;

import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import java.util.List;
import java.util.Optional;

/// What a server lets its clients read.
public interface Resources {
    /// Nothing.
    Resources NONE =
            new Resources() {
                @Override
                public List<Resource> all() {
                    return List.of();
                }

                @Override
                public List<ResourceTemplate> templates() {
                    return List.of();
                }

                @Override
                public Optional<ResourceContents> read(String uri) {
                    return Optional.empty();
                }
            };

    List<Resource> all();

    List<ResourceTemplate> templates();

    /// Empty where there is no such resource.
    Optional<ResourceContents> read(String uri);
}
