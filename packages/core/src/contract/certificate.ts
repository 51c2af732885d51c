/**
 * How much of what an outcome claims is proved. Never rounded up. What was called off is `interrupted`; what has reached a limit is not.
 *
 * @category Certificates
 */
export type CertificateStatus =
  | 'optimal'
  | 'feasible'
  | 'converged'
  | 'cycling'
  | 'diverged'
  | 'max-rounds'
  | 'interrupted';

/**
 * A proof, cheap to check, of something about an outcome that is hard to see. Each mechanism adds the evidence of its own.
 *
 * @category Certificates
 */
export interface Certificate {
  readonly status: CertificateStatus;
}

const brand: unique symbol = Symbol.for('mechane/certified');

/**
 * An outcome with its certificate, as a mechanism returns it.
 *
 * @category Certificates
 */
export interface Certified<Outcome, Proof extends Certificate | undefined = Certificate> {
  readonly [brand]: true;
  readonly outcome: Outcome;
  readonly certificate: Proof;
}

/**
 * What a mechanism returns: an outcome, with its certificate or without.
 *
 * @category Certificates
 */
export type Returned<Outcome, Proof extends Certificate | undefined = Certificate | undefined> =
  | Outcome
  | Certified<Outcome, Proof>;

/**
 * Returns an outcome together with its proof.
 *
 * @category Certificates
 */
export function certified<Outcome, Proof extends Certificate>(
  outcome: Outcome,
  certificate: Proof,
): Certified<Outcome, Proof> {
  return { [brand]: true, outcome, certificate };
}

/** Splits what a mechanism returned. */
export function conclusionOf<Outcome>(returned: Outcome | Certified<Outcome>): Conclusion<Outcome> {
  return isCertified(returned) ? returned : { outcome: returned, certificate: undefined };
}

/** An outcome, and its certificate where there is one. */
export interface Conclusion<Outcome> {
  readonly outcome: Outcome;
  readonly certificate: Certificate | undefined;
}

function isCertified<Outcome>(returned: Outcome | Certified<Outcome>): returned is Certified<Outcome> {
  return typeof returned === 'object' && returned !== null && brand in returned;
}
