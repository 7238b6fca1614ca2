-- Helper: Lua treats "" as truthy, so use this for config defaults
local function default(val, fallback)
if val == nil or val == "" then return fallback end
return val
end
local provider = {
name = "ollama",
protocol = "openai_compat",
base_url = default(config.url, "http://localhost:11434"),
completions_endpoint = "/v1/chat/completions",
models_endpoint = "/api/tags",
health_endpoint = "/",
auth_type = "none",
}
function provider.parse_models(response)
local models = {}
for _, m in ipairs(response.models or {}) do
table.insert(models, { id = m.name, name = m.name })
end
return models
end
return provider
