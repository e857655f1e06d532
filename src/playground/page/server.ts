import type { Asked, PageEvent, Told } from '../wire.ts';

/** Asks the stand-in to let a member act; resolves with what came of it, also when the network fails. */
export async function ask(asked: Asked): Promise<Told> {
  try {
    const response = await fetch('/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(asked),
    });
    return await response.json();
  } catch {
    return { words: 'The stand-in does not answer. Is it still running?' };
  }
}

/** Hears of everything that happens; `lost` is called when the stand-in is gone. It reconnects by itself. */
export function hear(told: (event: PageEvent) => void, lost: () => void): void {
  const source = new EventSource('/events');
  source.addEventListener('message', ({ data }) => told(JSON.parse(data)));
  source.addEventListener('error', lost);
}
