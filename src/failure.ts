/**
 * An error that an operator can do something about. Its message says what is wrong, where, and what to do; entry points
 * print it as it is and exit with code 1.
 */
export function failure(message: string, cause?: unknown): Error {
  const error = new Error(message, { cause });
  error.name = 'Failure';
  return error;
}

/** Whether an error is such a {@link failure}. */
export function isFailure(error: unknown): error is Error {
  return error instanceof Error && error.name === 'Failure';
}

/** The stack of an error and of what caused it, without their fields: those of requests hold tokens. */
function stacksOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { stack = error.message, cause } = error;
  return cause === undefined ? stack : `${stack}\nCaused by: ${stacksOf(cause)}`;
}

/** Prints why a program ends, for an operator, and makes its exit code 1. A surprise comes with its stack. */
export function reportFailure(error: unknown): void {
  console.error(isFailure(error) ? error.message : stacksOf(error));
  process.exitCode = 1;
}
