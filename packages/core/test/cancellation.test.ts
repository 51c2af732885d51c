import type { MechaneError } from '@mechane/core';
import { describe, expect, test } from 'vitest';
import { Cancellation } from '../src/live/cancellation.ts';

describe('calling a run off', () => {
  test('is told once, with the first reason, whoever calls it off again', () => {
    const cancellation = new Cancellation();
    const told: MechaneError[] = [];
    cancellation.onCancel = (error) => told.push(error);
    cancellation.cancel('enough');
    cancellation.cancel('again');
    expect(told.map(({ code, cause }) => [code, cause])).toEqual([['aborted', 'enough']]);
    expect(() => cancellation.throwIfCancelled()).toThrow(
      expect.objectContaining({ code: 'aborted', cause: 'enough' }),
    );
  });
  test('shows in the signal, whether that was asked for before or only then', () => {
    const before = new Cancellation();
    const { signal } = before;
    expect(signal.aborted).toBe(false);
    const after = new Cancellation();
    for (const cancellation of [before, after]) {
      cancellation.cancel('enough');
      cancellation.cancel('again');
      expect(cancellation.signal).toMatchObject({ aborted: true, reason: 'enough' });
    }
    expect(before.signal).toBe(signal);
  });
  test('has not happened before it has', () => {
    const cancellation = new Cancellation();
    expect(() => cancellation.throwIfCancelled()).not.toThrow();
    expect(cancellation.signal.aborted).toBe(false);
  });
});
