import { Rational } from '@mechane/numerics';
import { invalidGame } from '../errors.ts';

/** Texts, which are passed by, and numbers. */
const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** A number of so few digits, without an exponent, is read as it is written. */
const shortDecimal = /^-?[\d.]{1,15}$/;
/** What no text of a game begins with. */
const mark = '\u0000exactly ';

/**
 * The value of a JSON text in which numbers are what they say: those that a double would round are rationals.
 *
 * @throws MechaneError `invalid-game` where the text is no JSON
 * @example
 * ```ts
 * import { readJsonGame } from '@mechane/game-theory';
 *
 * const game = readJsonGame('{ "players": ["alone"], "payoffs": [[0.1234567890123456789, 9007199254740993]] }');
 * game.payoff(0, [1]).toString(); // => '9007199254740993'
 * ```
 */
export function parseExactJson(text: string): unknown {
  let isRounded = false;
  const marked = text.replace(tokens, (token) => {
    if (shortDecimal.test(token) || token.startsWith('"')) return token;
    const exact = Rational.parse(token);
    if (exact?.equals(asDouble(token) ?? exact.plus(Rational.one))) return token;
    isRounded = true;
    return JSON.stringify(mark + token);
  });
  try {
    if (!isRounded) return JSON.parse(text);
    return JSON.parse(marked, (_, value: unknown) =>
      typeof value === 'string' && value.startsWith(mark) ? exactly(value.slice(mark.length)) : value,
    );
  } catch (cause) {
    throw invalidGame({ problem: `the text is no JSON: ${(cause as Error).message}`, cause });
  }
}

/** What the digits say, or the digits where they are too many to be read: whoever wants a number says so. */
function exactly(token: string): Rational | string {
  return Rational.parse(token) ?? token;
}

/** The shortest decimal that reads as the double nearest to a number. */
function asDouble(token: string): Rational | undefined {
  return Rational.parse(String(Number(token)));
}
