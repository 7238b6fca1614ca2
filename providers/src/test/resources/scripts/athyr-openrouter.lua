local function default(val, fallback)
if val == nil or val == "" then return fallback end
return val
end
local provider = {
name = "openrouter",
protocol = "openai_compat",
base_url = default(config.url, "https://openrouter.ai/api/v1"),
completions_endpoint = "/chat/completions",
models_endpoint = "/models",
auth_type = "bearer",
auth_key = config.api_key,
headers = {
["HTTP-Referer"] = "https://athyr.io",
["X-Title"] = "Athyr",
},
}
function provider.parse_models(response)
local models = {}
for _, m in ipairs(response.data or {}) do
table.insert(models, { id = m.id, name = m.name or m.id })
end
return models
end
return provider
