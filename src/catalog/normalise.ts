/** Marks that Unicode sets apart from their letter after decomposition, and characters that print nothing. */
const invisible = /[\p{Mn}\p{Cf}]/gu;

/** Everything that does not tell names apart; `#` and `+` stay, since C, C# and C++ differ by nothing else. */
const separators = /[^\p{L}\p{N}#+]/gu;

/**
 * The form in which names are compared: case, accents, spacing, punctuation, styled letters and invisible characters
 * do not count. A word that begins with `.net` is spelled `dotnet`, so that it is more than the word 'net'; so is one of
 * which only the beginning is typed yet.
 *
 * @example normalise('ASP.NET Core') === normalise('asp net core')
 */
export function normalise(text: string): string {
  return text
    .normalize('NFKD')
    .replace(invisible, '')
    .toLowerCase()
    .replace(/(^|\s)\.(?=net|ne?$)/g, '$1dot')
    .replace(separators, '');
}
