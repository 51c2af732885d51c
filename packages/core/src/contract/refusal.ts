import type { ErrorDetails } from './mechane-error.ts';

/**
 * Why a message is refused. Its code is `invalid-message` where it names none of its own, such as `outbid`.
 *
 * @category Errors
 */
export interface Refusal extends ErrorDetails {
  readonly code?: string;
}
