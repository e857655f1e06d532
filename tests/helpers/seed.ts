import fc from 'fast-check';

/*
 * What is invented for a test is the same every time, so that a change is to blame when one fails. FAST_CHECK_SEED asks for
 * others.
 */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20261122) });
