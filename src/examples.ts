/** What the page offers a newcomer to try: one line for each question that the bot answers. */
export const examples = [
  { line: '/framework lookup name:django', words: 'Look one up' },
  { line: '/compare first:django second:laravel', words: 'Compare two' },
  { line: '/recommend language:python purpose:rest-api', words: 'Ask what fits' },
] as const;
