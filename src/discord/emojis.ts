import type { REST } from '@discordjs/rest';
import { type RESTGetAPIApplicationEmojisResult, Routes } from 'discord-api-types/v10';

/** An emoji that the application is to have: for what, a digest of what is drawn (8 hexadecimal digits), the PNG. */
export type WantedEmoji = { id: string; digest: string; draw: () => Promise<Uint8Array> };

/** An emoji that the application has. */
export type HeldEmoji = { id: string; name: string };

/** What there is now, by the `id` of what was wanted, and how many were uploaded, removed, and could not be uploaded. */
export type Synced = {
  known: ReadonlyMap<string, HeldEmoji>;
  uploaded: number;
  removed: number;
  failed: number;
};

/** The most emojis of an application: https://docs.discord.com/developers/resources/emoji#emoji-object-applicationowned-emoji */
export const mostEmojis = 2000;

/**
 * For how long after the last upload nothing is removed, in milliseconds: processes and workers of the version before still show
 * what it replaced, and over HTTP an answer with an emoji that is gone cannot be sent again without it.
 */
const handover = 24 * 60 * 60_000;

/** When something at Discord was made, in milliseconds since 1970: https://docs.discord.com/developers/reference#snowflakes */
function madeAt({ id }: HeldEmoji): number {
  return Number(BigInt(id) >> 22n) + 1_420_070_400_000;
}

/** The names of our own emojis; operators may have others, which are left alone. */
const ownName = /^fw_([a-z0-9_]{1,20})_[0-9a-f]{8}$/;

/**
 * The name of an emoji, which says what it shows, so that nothing else needs to be remembered: at most 32 characters of
 * letters, digits and `_`.
 */
export function nameOf({ id, digest }: Pick<WantedEmoji, 'id' | 'digest'>): string {
  return `fw_${id.replaceAll('-', '_')}_${digest}`;
}

/** For what an emoji of ours is, or undefined when it is none of ours. Ids have no `_`. */
function purposeOf({ name }: { name: string | null }): string | undefined {
  return ownName.exec(name ?? '')?.[1]?.replaceAll('_', '-');
}

/** What there is to do: what is missing, what shows each of it until then if anything, and what nobody is to show any more. */
type Plan = { missing: WantedEmoji[]; former: Map<string, HeldEmoji>; gone: HeldEmoji[] };

/** Compares what is held with what is wanted, and makes `known` what can be shown already, and nothing else. */
function planOf(
  held: readonly HeldEmoji[],
  wanted: readonly WantedEmoji[],
  known: Map<string, HeldEmoji>,
): Plan {
  const byName = new Map(held.map((emoji) => [emoji.name, emoji]));
  const others = held.filter((emoji) => purposeOf(emoji) === undefined).length;
  const possible = new Map(wanted.slice(0, Math.max(0, mostEmojis - others)).map((one) => [one.id, one]));
  const plan: Plan = { missing: [], former: new Map(), gone: [] };
  known.clear();
  for (const one of possible.values()) {
    const emoji = byName.get(nameOf(one));
    if (emoji === undefined) plan.missing.push(one);
    else known.set(one.id, emoji);
  }
  for (const emoji of held) {
    const id = purposeOf(emoji);
    if (id === undefined || known.get(id) === emoji) continue;
    if (possible.has(id) && !known.has(id)) {
      // Until its successor is there, what showed a framework before goes on showing it.
      plan.former.set(id, emoji);
      known.set(id, emoji);
    } else plan.gone.push(emoji);
  }
  return plan;
}

/** What logs a warning. */
type Log = { warn(details: object, message: string): void };

/**
 * Brings the application's own emojis to what is wanted: uploads what is new or changed; what that replaces and what is no
 * longer wanted is removed a day after the last upload, or when there is no room. One request after the other; `rest` waits
 * where Discord's limits say so. Where all are there, one request is all that is made, and nothing is drawn. It never throws:
 * what fails is logged, and the next start or reload tries again.
 *
 * @param wanted in the order in which they matter: of more than Discord allows, the last are left out.
 * @param known is filled, by the `id` of what is wanted, as emojis come to be, and never names one that is gone; what it
 * held before is forgotten once Discord has told what there is.
 * @param now the time in milliseconds since 1970.
 */
export async function syncEmojis(
  rest: REST,
  applicationId: string,
  wanted: readonly WantedEmoji[],
  log: Log,
  known: Map<string, HeldEmoji> = new Map(),
  now: number = Date.now(),
): Promise<Synced> {
  const route = Routes.applicationEmojis(applicationId);
  const list = async (): Promise<HeldEmoji[]> => {
    const { items } = (await rest.get(route)) as RESTGetAPIApplicationEmojisResult;
    return items.flatMap(({ id, name }) => (id === null || name === null ? [] : [{ id, name }]));
  };
  const synced: Synced = { known, uploaded: 0, removed: 0, failed: 0 };
  let count = 0;
  const upload = async (one: WantedEmoji): Promise<void> => {
    const image = `data:image/png;base64,${Buffer.from(await one.draw()).toString('base64')}`;
    const { id } = (await rest.post(route, { body: { name: nameOf(one), image } })) as { id: string };
    known.set(one.id, { id, name: nameOf(one) });
    synced.uploaded += 1;
    count += 1;
  };
  const remove = async ({ id, name }: HeldEmoji): Promise<void> => {
    try {
      await rest.delete(Routes.applicationEmoji(applicationId, id));
      synced.removed += 1;
      count -= 1;
    } catch (error) {
      log.warn({ emoji: name, err: error }, 'A mark that is no longer used could not be removed');
    }
  };

  try {
    const held = await list();
    count = held.length;
    const { missing, former, gone } = planOf(held, wanted, known);
    const own = held.filter((emoji) => purposeOf(emoji) !== undefined);
    const isHandedOver = own.every((emoji) => now - madeAt(emoji) > handover);
    const isRoom = count + missing.length <= mostEmojis;
    if (isHandedOver || !isRoom) for (const emoji of gone) await remove(emoji);
    const failures: { name: string; error: unknown }[] = [];
    for (const one of missing) {
      const before = former.get(one.id);
      const isFull = before !== undefined && count >= mostEmojis;
      if (isFull) {
        // There is no room for both.
        known.delete(one.id);
        await remove(before);
      }
      try {
        await upload(one);
      } catch (error) {
        failures.push({ name: nameOf(one), error });
      }
    }
    const [first] = failures;
    if (first === undefined) return synced;
    synced.failed = failures.length;
    const emojis = failures.map(({ name }) => name);
    log.warn({ emojis, err: first.error }, 'Marks could not be uploaded; the next start tries again');
    // Some may be there all the same: the confirmation was lost, or another process was faster.
    planOf(await list(), wanted, known);
  } catch (error) {
    log.warn(
      { err: error },
      'The marks that Discord holds cannot be read; names stand alone where one is missing',
    );
  }
  return synced;
}
