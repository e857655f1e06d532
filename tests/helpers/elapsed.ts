/** How far the clock of a soak's stand-in jumps, in milliseconds, so that it forgets what it was asked. */
export const jump = 16 * 60_000;

const discordEpoch = 1_420_070_400_000;

/** How many milliseconds ago an interaction of a soak was sent, by the time in its id and leaving jumps out. */
export function elapsed(id: string, now = Date.now()): number {
  const since = (now - Number(BigInt(id) >> 22n) - discordEpoch) % jump;
  return since < -jump / 2 ? since + jump : since;
}
