-- Ollama by its own list of models, which names every model that was pulled.
-- Source: github.com/ollama/ollama docs/api.md (GET /api/tags, GET /api/version) and docs/openai.md.

local function root(url)
  if url == "" then return "http://localhost:11434" end
  -- Whoever declared its OpenAI address meant the same server.
  return (url:gsub("/+$", ""):gsub("/v1$", ""))
end

local provider = {
  name = "Ollama",
  protocol = "openai_compat",
  base_url = root(config.url),
  completions_endpoint = "/v1/chat/completions",
  models_endpoint = "/api/tags",
  health_endpoint = "/api/version",
  -- A server behind a gateway may want one.
  auth_type = config.api_key == "" and "none" or "bearer",
  auth_key = config.api_key,
}

function provider.parse_models(response)
  local models = {}
  for _, model in ipairs(response.models or {}) do
    local details = model.details or {}
    table.insert(models, {
      id = model.name,
      name = details.parameter_size and (model.name .. " (" .. details.parameter_size .. ")") or model.name,
    })
  end
  return models
end

return provider
