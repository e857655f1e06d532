import type { Framework } from '../catalog/framework.ts';

/** A short mark for each framework, by which a comparison knows it: initials, or numbers where initials collide. */
export function initialsOf(frameworks: readonly Framework[]): string[] {
  const initials = frameworks.map(({ name }) => [...name][0] ?? '');
  return new Set(initials).size === initials.length
    ? initials
    : initials.map((_, index) => String(index + 1));
}
