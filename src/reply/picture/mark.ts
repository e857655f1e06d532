import { render } from 'takumi-js';
import { type Art, tile } from './tile.ts';

/** The side of the picture in pixels: https://docs.discord.com/developers/resources/emoji#create-application-emoji */
const side = 128;

/** A mark as a PNG: a rounded tile that is legible on Discord's dark and light, also at 16 pixels. */
export async function drawMark(art: Art): Promise<Uint8Array> {
  // No emoji is to be fetched for a letter that no font has.
  return render(tile(art, side), { width: side, height: side, format: 'png', emoji: 'from-font' });
}
