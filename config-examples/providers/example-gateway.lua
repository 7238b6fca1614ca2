-- A company's own gateway in front of an OpenAI-compatible server, as a provider of hal0.
-- Copy it to providers/ beside your config.toml: the file's name is the provider's name. All there
-- is to know: docs/providers-in-lua.md. To try it: hal0 providers script check FILE --url URL

local provider = {
  name = "Gateway",
  -- "openai_compat", "anthropic", "openai_responses" or "gemini".
  protocol = "openai_compat",
  -- What `base_url` says under [providers.example-gateway] in config.toml, else this.
  base_url = config.url ~= "" and config.url or "https://llm.example.com",
  completions_endpoint = "/v1/chat/completions",
  models_endpoint = "/v1/catalog",
  health_endpoint = "/health",
  -- "none", "bearer" or "x-api-key". config.api_key is EXAMPLE_GATEWAY_API_KEY of the environment
  -- or api.env, or what `api_key_env` names.
  auth_type = "bearer",
  auth_key = config.api_key,
  headers = { ["X-Team"] = "platform" },
}

-- The gateway's list, {"entries": [{"slug": …, "title": …}]}, as hal0 wants it.
function provider.parse_models(response)
  local models = {}
  for _, entry in ipairs(response.entries or {}) do
    table.insert(models, { id = entry.slug, name = entry.title })
  end
  return models
end

-- The last word on each request. `return nil, "text"` fails it with that text.
function provider.on_request(req)
  req.headers["X-Model-Family"] = req.model:match("^[^-]+")
  if req.body.temperature and req.body.temperature > 1 then
    req.body.temperature = 1
  end
  return req, nil
end

function provider.health_check()
  local answer = http.get(provider.base_url .. "/health")
  return answer ~= nil and answer.status == 200
end

return provider
