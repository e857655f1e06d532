/** Marks that Unicode sets apart from their letter after decomposition, and characters that print nothing. */
const invisible = /[\p{Mn}\p{Cf}]/gu;

/** Everything that does not tell names apart; `#` and `+` stay, since C, C# and C++ differ by nothing else. */
const separators = /[^\p{L}\p{N}#+]/gu;

/**
 * Letters of other scripts that look like Latin ones, and Latin ones with no other form, each before what it looks like:
 * https://www.unicode.org/reports/tr39/#Confusable_Detection
 */
const lookalikes = new Map(
  'аa еe оo рp сc уy хx ѕs іi јj һh ԁd ԛq ԝw кk мm тt вb нh гr пn αa οo νv ρp ιi κk τt υu χx εe ηn ıi ɑa ɡg øo łl đd ғf ᴀa ʙb ᴄc ᴅd ᴇe ɢg ʜh ɪi ᴊj ᴋk ʟl ᴍm ɴn ᴏo ᴘp ʀr ᴛt ᴜu ᴠv ᴡw ʏy ᴢz'
    .split(' ')
    .map((pair): [string, string] => [pair.charAt(0), pair.charAt(1)]),
);

const ligatures = new Map([
  ['♯', '#'],
  ['œ', 'oe'],
  ['æ', 'ae'],
  ['ß', 'ss'],
]);

/** A text in one script: between Latin letters, one that only looks Latin is taken for what it looks like. */
function inOneScript(text: string): string {
  if (!/[^\p{ASCII}]/u.test(text)) return text;
  const plain = text.replace(/[œæß♯]/g, (letter) => ligatures.get(letter) ?? letter);
  return /[a-z]/.test(plain)
    ? plain.replace(/\P{ASCII}/gu, (letter) => lookalikes.get(letter) ?? letter)
    : plain;
}

/**
 * The form in which names are compared: case, accents, spacing, punctuation, styled letters, letters of other scripts
 * that look the same and invisible characters do not count. A word that begins with `.net` is spelled `dotnet`, so that it is more than the word 'net'; so is one of
 * which only the beginning is typed yet.
 *
 * @example normalise('ASP.NET Core') === normalise('asp net core')
 */
export function normalise(text: string): string {
  return inOneScript(text.normalize('NFKD').replace(invisible, '').toLowerCase())
    .replace(/(?<![\p{L}\p{N}])\.(?=net|ne?$)/gu, 'dot')
    .replace(separators, '');
}
