// Every page: its address, its letter after `g`, and where its code is.
export const GROUPS = [
  {id: 'start', title: ''},
  {id: 'serve', title: 'Serve'},
  {id: 'watch', title: 'Watch'},
  {id: 'control', title: 'Control'},
];

export const PAGES = [
  {id: '', title: 'Overview', key: 'o', icon: 'overview', group: 'start', load: () => import('./pages/overview.js')},
  {id: 'slots', title: 'Slots', key: 's', icon: 'slots', group: 'serve', load: () => import('./pages/slots.js')},
  {id: 'providers', title: 'Providers', key: 'p', icon: 'providers', group: 'serve', load: () => import('./pages/providers.js')},
  {id: 'models', title: 'Models', key: 'm', icon: 'models', group: 'serve', load: () => import('./pages/models.js')},
  {id: 'chat', title: 'Chat', key: 'c', icon: 'chat', group: 'serve', load: () => import('./pages/chat.js')},
  {id: 'requests', title: 'Requests', key: 'r', icon: 'requests', group: 'watch', load: () => import('./pages/requests.js')},
  {id: 'usage', title: 'Usage', key: 'u', icon: 'usage', group: 'watch', load: () => import('./pages/usage.js')},
  {id: 'logs', title: 'Logs', key: 'l', icon: 'logs', group: 'watch', load: () => import('./pages/logs.js')},
  {id: 'keys', title: 'Keys', key: 'k', icon: 'keys', group: 'control', load: () => import('./pages/keys.js')},
  {id: 'approvals', title: 'Approvals', key: 'a', icon: 'approvals', group: 'control', load: () => import('./pages/approvals.js')},
  {id: 'tools', title: 'MCP', key: 't', icon: 'mcp', group: 'control', load: () => import('./pages/tools.js')},
  {id: 'memory', title: 'Memory', key: 'y', icon: 'memory', group: 'control', load: () => import('./pages/memory.js')},
  {id: 'settings', title: 'Settings', key: ',', icon: 'settings', group: 'control', load: () => import('./pages/settings.js')},
].map(page => ({...page, path: '/' + page.id}));
