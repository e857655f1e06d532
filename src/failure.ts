/**
 * An error that an operator can do something about. Its message says what is wrong, where, and what to do; entry points
 * print it as it is and exit with code 1.
 */
export function failure(message: string, cause?: unknown): Error {
  const error = new Error(message, { cause });
  error.name = 'Failure';
  return error;
}

/** Prints why a program ends, for an operator, and makes its exit code 1. A surprise comes with its stack. */
export function reportFailure(error: unknown): void {
  const isExpected = error instanceof Error && error.name === 'Failure';
  console.error(isExpected ? error.message : error);
  process.exitCode = 1;
}
