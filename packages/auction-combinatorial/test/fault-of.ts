import { isMechaneError } from '@mechane/core';

/** What is wrong, as a code and a path; `accepted` where nothing is. */
export function faultOf(act: () => unknown): string {
  try {
    act();
  } catch (thrown) {
    if (isMechaneError(thrown)) return `${thrown.code} ${thrown.path.join('.')}`;
    throw thrown;
  }
  return 'accepted';
}
