-- OpenRouter. Its list of models, with prices, is of a form that hal0 reads by itself.
-- Source: openrouter.ai/docs/api-reference (chat completion, list models, get current API key).

local provider = {
  name = "OpenRouter",
  protocol = "openai_compat",
  base_url = config.url ~= "" and config.url or "https://openrouter.ai/api/v1",
  completions_endpoint = "/chat/completions",
  models_endpoint = "/models",
  health_endpoint = "/key",
  auth_type = "bearer",
  auth_key = config.api_key,
  headers = { ["X-Title"] = "hal0" },
}

-- The list of models is open to everybody: only this tells whether the key is good.
function provider.health_check()
  local answer = http.get(provider.base_url .. provider.health_endpoint, {
    ["Authorization"] = "Bearer " .. config.api_key,
  })
  return answer ~= nil and answer.status == 200
end

return provider
