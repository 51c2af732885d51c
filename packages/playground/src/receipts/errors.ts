import { MechaneError } from '@mechane/core';

/** What was pasted where a receipt belongs is not even JSON. */
export function notJson(cause: unknown): MechaneError<'invalid-receipt'> {
  return new MechaneError('invalid-receipt', {
    problem: 'this is no JSON',
    path: ['receipt'],
    expected: 'what the house gave: {"session":"…","seq":3,"at":…,"hash":"…","signature":"…"}',
    fix: 'copy the whole of it, with both braces',
    cause,
  });
}

/** What was pasted where a proof belongs has not the parts of one. */
export function notAProof(): MechaneError<'invalid-proof'> {
  return new MechaneError('invalid-proof', {
    problem: 'this is neither a journal, which has a line for each entry, nor the proof of one entry',
    path: ['journal'],
    expected: 'the lines of a journal, or { entry, salt, previous, leaves, head }',
    fix: 'copy the whole of it, or open the file',
  });
}

/** A proof that leads elsewhere than from the receipt to its head. */
export function falseProof(problem: string): MechaneError<'invalid-proof'> {
  return new MechaneError('invalid-proof', {
    problem,
    path: ['journal'],
    fix: 'ask for the proof of this receipt again: one of the two was changed',
  });
}

/** A receipt whose giver is to be checked, and that nobody has signed. */
export function unsigned(): MechaneError<'invalid-receipt'> {
  return new MechaneError('invalid-receipt', {
    problem: 'nobody has signed this receipt',
    path: ['receipt', 'signature'],
    fix: 'ask for the receipt as the service gave it: it signs every one',
  });
}

/** A proof that does not end at the head that was published. */
export function otherHead(): MechaneError<'invalid-proof'> {
  return new MechaneError('invalid-proof', {
    problem: 'it leads to another head than the one that was published',
    path: ['journal', 'head'],
    fix: 'hold it against the head that was published when the proof was given, or take the whole journal',
  });
}
