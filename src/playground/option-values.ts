import type { APIApplicationCommandBasicOption } from 'discord-api-types/v10';
import type { Member } from './wire.ts';

type Value = string | number | boolean;

/** What Discord's client says under an option that it will not send empty. */
export const isRequired = 'This option is required. Specify a value';

function outside(size: number, low: unknown, high: unknown): boolean {
  return (typeof low === 'number' && size < low) || (typeof high === 'number' && size > high);
}

function range(low: unknown, high: unknown, of: string): string {
  if (low === undefined) return `Specify ${of} of at most ${high}`;
  return high === undefined ? `Specify ${of} of at least ${low}` : `Specify ${of} from ${low} to ${high}`;
}

/** The member that a text means: an id, a mention or a name. */
export function memberMeant(text: Value, members: readonly Member[]): Member | undefined {
  const name = String(text)
    .replace(/^<@!?(\d+)>$/, '$1')
    .replace(/^@/, '')
    .toLowerCase();
  return members.find((one) => one.id === name || one.name.toLowerCase() === name);
}

/** Why Discord's client would not send a value for an option, in words; `undefined` when it would. */
export function whyNotSent(
  option: APIApplicationCommandBasicOption,
  value: Value,
  members: readonly Member[],
): string | undefined {
  if ('choices' in option && option.choices && option.choices.length > 0) {
    const isOne = option.choices.some((one) => one.value === value || one.name === value);
    return isOne ? undefined : 'Input a valid choice';
  }
  const text = String(value).trim();
  switch (option.type) {
    case 5:
      return /^(true|false)$/i.test(text) ? undefined : 'Input either True or False';
    case 6:
      return memberMeant(value, members) ? undefined : 'Input a valid user';
    case 4:
    case 10: {
      const number = text === '' ? Number.NaN : Number(text);
      if (option.type === 4 && !Number.isSafeInteger(number)) return 'Input a valid integer';
      if (!Number.isFinite(number)) return 'Input a valid number';
      return outside(number, option.min_value, option.max_value)
        ? range(option.min_value, option.max_value, 'a number')
        : undefined;
    }
    case 3:
      return outside(String(value).length, option.min_length, option.max_length)
        ? range(option.min_length, option.max_length, 'a number of characters')
        : undefined;
    default:
      return 'This stand-in has no channels, roles or files to choose from';
  }
}
