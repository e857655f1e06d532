import type { APIInteraction } from 'discord-api-types/v10';

/**
 * What arrived, as an interaction, if it has what an answer needs: an id, a type, a token and an application. Everything
 * else in it may be missing or of any type, and is answered.
 * https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-structure
 */
export function readInteraction(read: unknown): APIInteraction | undefined {
  if (typeof read !== 'object' || read === null) return undefined;
  const { id, type, token, application_id: applicationId } = read as Partial<Record<string, unknown>>;
  const isAnswerable =
    typeof type === 'number' && [id, token, applicationId].every((part) => typeof part === 'string');
  return isAnswerable ? (read as APIInteraction) : undefined;
}
