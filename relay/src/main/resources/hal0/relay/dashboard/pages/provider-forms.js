// Adding a provider, and giving one its key: which is sent once and can never be read again.
import {part, post} from '../core/api.js';
import {go} from '../core/router.js';
import {refresh} from '../core/store.js';
import {ask} from '../parts/form.js';
import {toast} from '../parts/toast.js';
import {runTest} from './provider-state.js';

const PROTOCOLS = [
  {value: 'openai', label: 'OpenAI chat completions'},
  {value: 'openai-responses', label: 'OpenAI responses'},
  {value: 'anthropic', label: 'Anthropic messages'},
  {value: 'gemini', label: 'Gemini'},
];
const KEYS = [
  {value: 'bearer', label: 'Authorization: Bearer'},
  {value: 'x-api-key', label: 'x-api-key'},
  {value: 'anthropic', label: 'as Anthropic takes it'},
  {value: 'google_query', label: 'in the address, as Google takes it'},
  {value: 'header', label: 'a header of another name'},
  {value: 'none', label: 'no key'},
];

export function addProvider(catalog, known) {
  const offers = catalog.filter(({category}) => category === 'hosted');
  ask({
    title: 'Add provider',
    values: {preset: offers[0]?.id ?? '', protocol: 'openai', auth_style: 'bearer'},
    fields: values => [
      {name: 'preset', label: 'Which', type: 'select', settled: true, options: [...offers.map(({id, name}) => ({value: id, label: name})), {value: '', label: 'Another server'}]},
      ...(values.preset ? preset(catalog.find(({id}) => id === values.preset)) : custom(values)),
    ],
    submit: 'Add',
    run: values => (values.preset ? useKey(known.find(({name}) => name === values.preset), values) : declare(values)),
  });
}

const preset = each => [{
  name: 'value', label: `Key (${each.auth_value_env[0] ?? 'none'})`, type: 'password', required: true,
  hint: `It is written to api.env and sent to ${new URL(each.base_url).host} only.`,
}];

const custom = values => [
  {name: 'name', label: 'Name', required: true, placeholder: 'workshop', hint: 'Models are asked for as NAME/MODEL.'},
  {name: 'url', label: 'Address', type: 'url', required: true, placeholder: 'https://api.example.com/v1'},
  {name: 'protocol', label: 'Protocol', type: 'select', options: PROTOCOLS, required: true},
  {name: 'auth_style', label: 'Its key is sent as', type: 'select', options: KEYS, required: true},
  ...(values.auth_style === 'header' ? [{name: 'auth_header', label: 'Header', required: true}] : []),
  ...(values.auth_style === 'none' ? [] : [
    {name: 'auth_value_env', label: 'Variable of its key', placeholder: variable(values.name), hint: 'Its name in api.env; the one shown if left empty.'},
    {name: 'value', label: 'Key', type: 'password', hint: 'Written to api.env; nobody can read it back here.'},
  ]),
];

const variable = name => (name ? name.toUpperCase().replace(/[^A-Z0-9]+/g, '_') : 'WORKSHOP') + '_API_KEY';

async function declare({preset: _, value, ...wish}) {
  if (wish.auth_style !== 'none') wish.auth_value_env ??= variable(wish.name);
  if (wish.auth_value_env) wish.auth_value_env = [wish.auth_value_env];
  if (value) wish.confirm_key_origin = true;
  await post('/api/upstreams', wish);
  if (value) await post(`/api/providers/${part(wish.name)}/credentials`, {key: wish.auth_value_env[0], value});
  toast(`${wish.name} was added`);
  await refresh('/api/upstreams');
  go(`/providers?provider=${encodeURIComponent(wish.name)}`);
  runTest(wish.name);
}

async function useKey(each, {value}) {
  await post(`/api/providers/${part(each.name)}/credentials`, {key: each.auth_value_env[0], value});
  toast(`The key of ${each.name} is set`);
  await refresh('/api/upstreams');
  runTest(each.name);
}

export function setCredential(each) {
  ask({
    title: `Key of ${each.name}`,
    intro: 'It is written to api.env, readable by you alone, and used at once. It can be replaced here, and never read.',
    values: {key: each.auth_value_env[0]},
    fields: [
      ...(each.auth_value_env.length > 1 ? [{name: 'key', label: 'Variable', type: 'select', options: each.auth_value_env, required: true}] : []),
      {name: 'value', label: `Value of ${each.auth_value_env[0]}`, type: 'password', required: true},
    ],
    submit: 'Set key',
    run: values => useKey({...each, auth_value_env: [values.key ?? each.auth_value_env[0]]}, values),
  });
}
