import { isMechaneError, type MechaneError } from '@mechane/core';

/**
 * The coded error that a call throws, for tests of bad input.
 *
 * @throws what the call throws besides, and an Error where it throws nothing
 * @category Tests
 * @example
 * ```ts
 * import { codedErrorOf } from '@mechane/conformance';
 * import { agentColumn } from '@mechane/core';
 *
 * codedErrorOf(() => agentColumn(['ann', 'ann'])).code; // => 'duplicate-agent'
 * ```
 */
export function codedErrorOf(call: () => unknown): MechaneError {
  try {
    call();
  } catch (thrown) {
    if (isMechaneError(thrown)) return thrown;
    throw thrown;
  }
  throw new Error('the call was expected to throw a coded error, and threw nothing');
}
