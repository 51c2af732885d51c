import { expect, test } from 'vitest';
import { claimsChecked, toSvg } from '../src/index.ts';

const laws = ['structural/order-independent', 'ex-post-incentive-compatible', 'not-obviously-manipulable'];
const drawn = (width: number): string =>
  toSvg(
    claimsChecked(
      {
        mechanism: 'acme/rule',
        laws: laws.map((law) => ({ law, claim: true, verdict: 'holds', examined: 83_826 })),
      },
      { width },
    ),
  );

test('on a phone every law has its whole name and its sign, and on a screen it has words besides', () => {
  // A phone of 360 pixels leaves a picture about 300.
  for (const width of [300, 800]) for (const law of laws) expect(drawn(width)).toContain(`>${law}<`);
  expect(drawn(300).match(/>✓</g)).toHaveLength(laws.length);
  expect(drawn(300)).not.toContain('…');
  expect(drawn(800).match(/>holds</g)).toHaveLength(laws.length);
});
