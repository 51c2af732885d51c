import * as z from 'zod';
import { invalidQuery } from '../errors.ts';

/** Requests that may be sent again name themselves by it. */
export const idempotencyHeader: { readonly 'idempotency-key': z.ZodType<string | undefined> } = {
  'idempotency-key': z.string().max(200).optional(),
};

/** @throws MechaneError `invalid-query`. */
export function idempotencyKey(request: Request): string | undefined {
  const key = request.headers.get('idempotency-key') ?? undefined;
  if (key !== undefined && (key.length === 0 || key.length > 200))
    throw invalidQuery('idempotency-key', '1 to 200 characters');
  return key;
}
