// Defining a slot, changing its definition, and choosing another model for it.
import {get, part, post, put} from '../core/api.js';
import {go} from '../core/router.js';
import {refresh} from '../core/store.js';
import {ask} from '../parts/form.js';
import {toast} from '../parts/toast.js';

const options = (...words) => words.map(word => ({value: word, label: word || 'as usual'}));

const FIELDS = [
  {name: 'type', label: 'Serves', type: 'select', options: options('llm', 'embedding', 'reranking', 'transcription', 'tts', 'image')},
  {name: 'default', label: 'Model', placeholder: 'qwen3-8b', hint: 'An id of the registry, or a file.'},
  {name: 'runtime', label: 'Runs as', type: 'select', options: options('', 'auto', 'podman', 'docker', 'process', 'swarm')},
  {name: 'profile', label: 'Profile', placeholder: 'llama-server', hint: 'The command line and image to start with.'},
  {name: 'device', label: 'Device', type: 'select', options: options('', 'cpu', 'gpu-cuda', 'gpu-rocm', 'gpu-vulkan', 'npu')},
  {name: 'port', label: 'Port', type: 'number', hint: 'Chosen by hal0 if left empty.'},
  {name: 'aliases', label: 'Other names', type: 'list', rows: 2},
  {name: 'context_size', label: 'Context in tokens', type: 'number'},
  {name: 'max_parallel', label: 'Requests at once', type: 'number'},
  {name: 'extra_args', label: 'More arguments', type: 'list', rows: 2, hint: 'One a line, after those of the profile.'},
];
const PLACES = {default: 'model', context_size: 'model', extra_args: 'server'};

/** The flat values of a form as the sections of a definition. */
function sections(values) {
  const wish = {};
  for (const [name, value] of Object.entries(values)) {
    (wish[PLACES[name] ?? 'slot'] ??= {})[name] = value;
  }
  return wish;
}

async function choices() {
  const told = path => get(path).catch(() => []);
  const [models, profiles] = await Promise.all([told('/api/models'), told('/api/profiles')]);
  return FIELDS.map(field => ({
    ...field,
    suggest: {default: models.map(({id}) => id), profile: profiles.map(({name}) => name)}[field.name],
  }));
}

export async function createSlot(values = {}) {
  const fields = await choices();
  ask({
    title: 'Create slot',
    values: {type: 'llm', ...values},
    fields: [{name: 'name', label: 'Name', required: true, placeholder: 'chat', hint: 'Clients ask for it as a model of this name.'}, ...fields],
    submit: 'Create',
    run: async ({name, ...rest}) => {
      await post('/api/slots', {name, ...sections(rest)});
      toast(`The slot ${name} is defined`);
      await refresh('/api/slots');
      go(`/slots?slot=${encodeURIComponent(name)}`);
    },
  });
}

export async function editSlot(slot) {
  const fields = await choices();
  ask({
    title: `Edit ${slot.name}`,
    intro: 'What is left empty stays as it is. What runs is not touched until it is loaded anew.',
    values: {type: slot.type, default: slot.default_model ?? '', device: slot.device, port: slot.port ?? '', aliases: slot.aliases.join('\n')},
    fields,
    submit: 'Save',
    run: async values => {
      await put(`/api/slots/${part(slot.name)}`, sections(values));
      toast(`${slot.name} is changed`);
      await refresh('/api/slots');
    },
  });
}

export async function swapModel(slot) {
  const fields = await choices();
  const {suggest} = fields.find(({name}) => name === 'default');
  ask({
    title: `Another model for ${slot.name}`,
    values: {model: ''},
    fields: [
      {name: 'model', label: 'Model', required: true, suggest, placeholder: slot.model ?? slot.default_model ?? ''},
      {name: 'persist', label: 'Also at every later load', type: 'check'},
    ],
    submit: 'Swap',
    run: async values => {
      await post(`/api/slots/${part(slot.name)}/swap`, values);
      toast(`${slot.name} changes to ${values.model}`);
      await refresh('/api/slots');
    },
  });
}
