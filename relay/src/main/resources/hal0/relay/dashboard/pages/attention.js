// What wants a person, from everything that the relay tells of itself.
import {use} from '../core/store.js';

/** `{tone, what, message, href, action}`, the worst first. */
export function troubles() {
  const found = [];
  const health = use('/api/health/system', {on: ['provider.', 'config.', 'system.'], every: 30_000});
  for (const check of health.value?.checks ?? []) {
    if (!check.ok) found.push({tone: 'bad', what: check.name, message: check.message, ...where(check.name)});
  }
  for (const slot of use('/api/slots', {on: ['slot.']}).value ?? []) {
    if (slot.state === 'error') found.push({tone: 'bad', what: slot.name, message: slot.message, href: `/slots?slot=${encodeURIComponent(slot.name)}`, action: 'Slot'});
  }
  for (const provider of use('/api/upstreams', {on: ['provider.', 'upstream.', 'breaker.', 'system.']}).value ?? []) {
    if (!provider.enabled) continue;
    const href = `/providers?provider=${encodeURIComponent(provider.name)}`;
    if (provider.breaker !== 'closed') {
      found.push({tone: 'bad', what: provider.name, message: provider.last_error ?? `The breaker is ${provider.breaker}: it is not being asked.`, href, action: 'Provider'});
    } else if (!provider.auth_configured && provider.source !== 'preset') {
      found.push({tone: 'busy', what: provider.name, message: `It has no key: ${provider.auth_value_env.join(' or ')} is not set.`, href, action: 'Set it'});
    }
  }
  for (const approval of use('/api/approvals', {on: ['approval.']}).value ?? []) {
    if (approval.state === 'waiting') found.push({tone: 'busy', what: approval.tool, message: approval.summary, href: '/approvals', action: 'Decide'});
  }
  return found.slice(0, 8);
}

const where = name => ({
  configuration: {href: '/settings', action: 'Settings'},
  providers: {href: '/providers', action: 'Providers'},
}[name] ?? {href: '/logs', action: 'Logs'});
