/*
 * Preloaded into a process, has it fail on SIGUSR2 with an error such as a REST library throws: the address and the request
 * in its message and its fields, and nobody who expects it.
 */
process.on('SIGUSR2', () => {
  const { DISCORD_TOKEN: token = '' } = process.env;
  const url = 'https://discord.com/api/v10/interactions/100000000000000001/crash-token/callback';
  const request = {
    url,
    headers: { authorization: `Bot ${token}` },
    requestBody: { json: { token: 'crash-token' } },
  };
  throw Object.assign(new Error(`POST ${url} with Bot ${token}`), request);
});
