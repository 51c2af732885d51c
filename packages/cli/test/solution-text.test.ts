import { describe, expect, test } from 'vitest';
import { type SolutionHead, solutionText } from '../src/solution-text.ts';
import { styleFor } from '../src/style.ts';

const style = styleFor({}, {});
const told = (head: SolutionHead): string => solutionText(head, [], 0, undefined, style);

describe('a solution to read', () => {
  test('of a game that could not be read in time says only that it is not complete, and why', () => {
    expect(told({ complete: false, reason: 'interrupted' })).toBe('nothing found, not complete: interrupted\n\n');
  });

  test('of dominance that was called off before it found anything says no number of strategies', () => {
    expect(told({ method: 'dominance', complete: false, reason: 'interrupted' })).toMatch(
      /^dominance {2}nothing found, not complete: interrupted\n/,
    );
  });

  test('says among what it is complete, for scopes that it knows and for those that come later', () => {
    expect(told({ method: 'pure', complete: true, scope: 'pure' })).toContain('complete among pure ones\n');
    expect(told({ method: 'new', complete: true, scope: 'symmetric' })).toContain('complete among symmetric\n');
  });

  test('numbers from 1 what has no name', () => {
    const players = ['a', 'b'];
    const found = { profile: [[['0', '1']], [['1/2', '1/2']]], payoffs: [1, 0.123456789], regret: 0 };
    const tree = solutionText({ method: 'x', complete: true }, [found], 1, { players, informationSets: [] }, style);
    expect(tree).toMatch(/ 1: 2 {2,}1: 1\/2 1 \+ 1\/2 2 {2,}1, 0\.123457 {2,}0\n/);
    const distribution = [{ profile: [0, 1], probability: '1' }];
    const drawn = solutionText(
      { method: 'correlated', complete: true },
      [{ distribution, payoffs: ['1', '2'], regret: '0' }],
      1,
      { players },
      style,
    );
    expect(drawn).toContain('1 (1, 2)');
  });
});
