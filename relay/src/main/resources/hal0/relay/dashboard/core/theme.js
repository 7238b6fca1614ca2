// Light, dark, or as the system has it.
const KEY = 'hal0.theme';
const ORDER = ['auto', 'light', 'dark'];

export const theme = () => localStorage.getItem(KEY) ?? 'auto';

export function apply() {
  const chosen = theme();
  if (chosen === 'auto') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = chosen;
}

export function next() {
  localStorage.setItem(KEY, ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length]);
  apply();
}
