import { formatPath, isMechaneError, MechaneError, nearestKey, quote } from '@mechane/core';
import { describe, expect, test } from 'vitest';

describe('an error', () => {
  test('says where, what, what was expected and how to mend it', () => {
    const error = new MechaneError('invalid-report', {
      problem: 'the bid is negative',
      path: ['reports', 'ann', 'bid'],
      expected: '0 or more',
      fix: 'bid 0',
    });
    expect(error.message).toBe('reports.ann.bid: the bid is negative; expected 0 or more. Fix: bid 0.');
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'invalid-report',
      message: error.message,
      path: ['reports', 'ann', 'bid'],
      expected: '0 or more',
      fix: 'bid 0',
    });
  });
  test('needs no more than a code and a problem', () => {
    const error = new MechaneError('aborted', { problem: 'called off', cause: 'why' });
    expect(error.message).toBe('called off.');
    expect(error.cause).toBe('why');
    expect(JSON.parse(JSON.stringify(error))).toEqual({ code: 'aborted', message: 'called off.', path: [] });
  });
  test('of another copy of core is recognised', () => {
    const own = new MechaneError('aborted', { problem: 'x' });
    expect(isMechaneError(own)).toBe(true);
    expect(own).toMatchObject({ name: 'MechaneError' });
    expect(Object.hasOwn(own, 'cause')).toBe(false);
    const foreign = Object.assign(new Error('x'), { [Symbol.for('mechane/error')]: true });
    expect(isMechaneError(foreign)).toBe(true);
    expect(isMechaneError(new Error('x'))).toBe(false);
    expect(isMechaneError(null)).toBe(false);
  });
});

test('paths read as one would type them', () => {
  expect(formatPath(['reports', 'agent1', 'bids', 2])).toBe('reports.agent1.bids[2]');
  expect(formatPath(['reports', 'agent 1'])).toBe('reports["agent 1"]');
  expect(formatPath(['reports', 'x'.repeat(100)])).toHaveLength('reports[""]'.length + 61);
  expect(formatPath([])).toBe('');
  expect(formatPath([2, 'a'])).toBe('[2].a');
  expect(formatPath(['reports', '1st'])).toBe('reports["1st"]');
  expect(formatPath(['reports', 'a.b'])).toBe('reports["a.b"]');
  expect(formatPath(['a-b', '$x_1'])).toBe('a-b.$x_1');
  expect(formatPath(['x'.repeat(60)])).toBe('x'.repeat(60));
  expect(formatPath(['x'.repeat(61)])).toBe(`["${'x'.repeat(60)}…"]`);
});

test('quotes show what nobody would see', () => {
  expect(quote('ann\u200b')).toBe('"ann\\u{200b}"');
  expect(quote('\u202ebob')).toBe('"\\u{202e}bob"');
  expect(quote('a\u00a0b\u3000')).toBe('"a\\u{a0}b\\u{3000}"');
  expect(quote('a\u0007b\u2028c\u2029d\ue000e')).toBe('"a\\u0007b\\u{2028}c\\u{2029}d\\u{e000}e"');
  expect(quote('Jürgen 李 😀')).toBe('"Jürgen 李 😀"');
  expect(formatPath(['reports', 'ann\u200b'])).toBe('reports["ann\\u{200b}"]');
});

test('what nobody sees is shown by its number in quotes and paths, whatever name it has', () => {
  // The blanks of Unicode 16 but the plain space, and samples of each kind of default ignorable code point (DerivedCoreProperties.txt).
  const blanks =
    '\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\u2800';
  const ignorable =
    '\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u200b\u200d\u202e\u2060\u2065\u206f\u3164\ufe00\ufe0f\ufeff\uffa0\ufff0';
  const higher = '\u{1bca0}\u{1d159}\u{1d173}\u{e0001}\u{e0061}\u{e0100}\u{e0fff}';
  for (const character of [...blanks, ...ignorable, ...higher]) {
    const number = `\\u{${character.codePointAt(0)?.toString(16)}}`;
    for (const name of [character, `ann${character}`, `${character}ann`]) {
      const shown = name.replace(character, () => number);
      expect(quote(name)).toBe(`"${shown}"`);
      expect(formatPath(['reports', name])).toBe(`reports["${shown}"]`);
    }
  }
  // A family and a heart are shown with what holds them together.
  expect(quote('\u{1f469}\u200d\u{1f467}')).toBe('"\u{1f469}\\u{200d}\u{1f467}"');
  expect(quote('❤\ufe0f')).toBe('"❤\\u{fe0f}"');
  expect(quote('Zoë, 李, a b')).toBe('"Zoë, 李, a b"');
});

test('quotes are escaped and cut', () => {
  expect(quote('a"b')).toBe('"a\\"b"');
  expect(quote('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
  expect(quote('x'.repeat(61))).toBe(`"${'x'.repeat(60)}…"`);
  expect(quote('\ud800')).toBe('"\\ud800"');
  expect(quote('x'.repeat(10_000_000)).length).toBeLessThan(70);
});

describe('the nearest key', () => {
  test.each([
    ['reserv', 'reserve'],
    ['brekaTie', 'breakTie'],
    ['RESERVE', 'reserve'],
    ['unit', 'units'],
  ])('to %s is %s', (typed, meant) => {
    expect(nearestKey(typed, ['reserve', 'breakTie', 'units'])).toBe(meant);
  });
  test('is none when nothing is close, or what was typed is endless', () => {
    expect(nearestKey('colour', ['reserve', 'breakTie'])).toBeUndefined();
    expect(nearestKey('r'.repeat(1_000_000), ['reserve'])).toBeUndefined();
    expect(nearestKey('reserve', ['r'.repeat(100)])).toBeUndefined();
  });
});
