const colours = ['#5865f2', '#2d7d46', '#c2307f', '#b3541e', '#0f7c83'];

/** A round picture of a name's first letter, as an address that needs no request. */
export function avatar(id: string, name: string): string {
  const colour = colours[Number(BigInt(id) % BigInt(colours.length))];
  const letter = (name.match(/\p{L}|\p{N}/u)?.[0] ?? '?').toUpperCase();
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="${colour}"/><text x="20" y="27" font-family="sans-serif" font-size="20" fill="#fff" text-anchor="middle">${letter}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
