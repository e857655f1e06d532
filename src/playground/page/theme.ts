import { icon } from './dom.ts';

const kept = 'theme';
const prefersLight = matchMedia('(prefers-color-scheme: light)');

/** Dark or light, as the system asks for until someone chooses here; this browser keeps the choice. */
export function createTheme(toggle: HTMLButtonElement): void {
  const isLight = () =>
    (document.documentElement.dataset.theme ?? (prefersLight.matches ? 'light' : 'dark')) === 'light';
  const label = () => {
    const other = isLight() ? 'Dark theme' : 'Light theme';
    toggle.replaceChildren(icon(isLight() ? 'moon' : 'sun'));
    toggle.setAttribute('aria-label', other);
    toggle.title = other;
  };
  const chosen = localStorage.getItem(kept);
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
  toggle.addEventListener('click', () => {
    const next = isLight() ? 'dark' : 'light';
    document.documentElement.dataset.theme = next;
    localStorage.setItem(kept, next);
    label();
  });
  prefersLight.addEventListener('change', label);
  label();
}
