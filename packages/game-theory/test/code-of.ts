import { isMechaneError } from '@mechane/core';

/** The code of the error that a call throws; what it returns, or throws besides, as it is. */
export function codeOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (thrown) {
    return isMechaneError(thrown) ? thrown.code : thrown;
  }
}
