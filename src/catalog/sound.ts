/** How letters sound, in the order in which they are read: what is written in many ways is spelled in one. */
const spellings: [RegExp, string][] = [
  [/tch/g, 'c'],
  [/dsch/g, 'j'],
  [/sch|sh/g, 's'],
  // Who speaks Spanish hears an e before it.
  [/^es(?=[kpt])/, 's'],
  [/dzh|dj|dz|ge(?=[aou])/g, 'j'],
  [/ph/g, 'f'],
  [/que?(?=$|s$)/g, 'k'],
  [/qu/g, 'kw'],
  [/x/g, 'ks'],
  [/ck|cc|ch|c(?![eiy])|q/g, 'k'],
  [/c(?=[eiy])|z/g, 's'],
  [/w/g, 'v'],
  [/igh/g, 'i'],
  [/gh/g, 'g'],
  [/(?:ai|ay)$|ie|ey|y/g, 'i'],
  [/oe|ea|ee|ai|ei|ae/g, 'e'],
  [/ou|oo/g, 'u'],
  [/([bdfgklmnprst])le$/g, '$1el'],
  [/([bdfgklmnprst])ul$/g, '$1el'],
  [/e$/g, ''],
  [/h/g, ''],
  [/(.)\1+/g, '$1'],
];

/**
 * A word as it sounds, roughly, in English and in the spelling of those who heard it: `phoenix`, `fenix` and `feenix` are
 * the same. It only compares words with each other; it is no transcription.
 */
export function soundOf(word: string): string {
  return spellings.reduce((spelled, [letters, sound]) => spelled.replace(letters, sound), word);
}
