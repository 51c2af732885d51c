import type { Told } from './told.ts';

type Report = Readonly<Record<string, unknown>>;
type Settings = NonNullable<Told['settings']>;
/** Puts what a mechanism is told into the words of another one, which takes from an example what only it has to know. */
type Translation = (told: Told, example: Told) => Told;

/** How an auction of one kind of thing says what agents bid, and below what it does not sell. */
interface AuctionWords {
  readonly bid: string;
  readonly least?: string;
  /** Whether a bid is a list: what each further unit is worth. */
  readonly units?: true;
}

const item = (bid: string, least: string): AuctionWords => ({ bid, least });
const units = (bid: string, least: string): AuctionWords => ({ bid, least, units: true });

/** Auctions of an item, or of units of one thing, by their ids. */
const auctions: Readonly<Record<string, AuctionWords>> = {
  'auction-sealed/first-price': item('bid', 'reserve'),
  'auction-sealed/second-price': item('bid', 'reserve'),
  'auction-sealed/all-pay': item('bid', 'reserve'),
  'auction-sealed/optimal': item('bid', 'reserve'),
  'auction-english/clock': item('value', 'startingPrice'),
  'auction-english/open-outcry': item('value', 'startingPrice'),
  'auction-english/proxy': item('value', 'startingPrice'),
  'auction-english/timed': item('value', 'startingPrice'),
  'auction-dutch/clock': item('threshold', 'floor'),
  'auction-sealed/uniform-price': units('bids', 'reserve'),
  'auction-sealed/pay-as-bid': units('bids', 'reserve'),
  'auction-sealed/vickrey': units('bids', 'reserve'),
  'auction-english/clinching': units('marginals', 'startingPrice'),
  'auction-dutch/multi-unit': units('thresholds', 'floor'),
};

/** Where there is a copy for everybody who pays. */
const copies: Readonly<Record<string, string>> = {
  'auction-sealed/random-sampling': 'bid',
  'adaptive/posted-price': 'value',
};

/** Auctions of packages, to which one item is a package too. */
const packages = ['first-price', 'vcg', 'core-selecting', 'greedy', 'ascending-proxy', 'ibundle', 'clock-proxy'].map(
  (name) => `auction-combinatorial/${name}`,
);

/** Markets that take orders for several units. */
const quantities = ['market/call', 'market/vcg', 'market/muda'];
const orders = [...quantities, 'market/mcafee', 'market/trade-reduction', 'market/strongly-budget-balanced'];

/** The name of the only good, where an auction of packages sells one item. */
export const onlyGood = 'item';

/** The mechanisms of whatever package that can be told the same as one, in their words. */
export function toldTheSame(mechanism: string): readonly string[] {
  const all = [...Object.keys(auctions), ...Object.keys(copies), ...packages, ...orders, ...others];
  return [...new Set(all)].filter((id) => id !== mechanism && translation(mechanism, id) !== undefined);
}

/** What a mechanism is told, as another one takes it; `undefined` where these two are not told the same things. */
export function translation(from: string, to: string): Translation | undefined {
  const [source, target] = [auctions[from], auctions[to]];
  if (source !== undefined && target !== undefined && (target.units === true || source.units === undefined))
    return (told, example) => asAuction(told, source, target, neededBy(to, example));
  if (source !== undefined && source.units === undefined && packages.includes(to))
    return (told, example) => asPackages(told, source, neededBy(to, example));
  const [before, after] = [copies[from], copies[to]];
  if (before !== undefined && after !== undefined)
    return (told, example) => ({
      ...rest(told),
      settings: neededBy(to, example),
      reports: mapped(told, (report) => ({ [after]: report[before] })),
    });
  if (orders.includes(from) && to === 'market/equilibrium')
    return (told) => ({ ...rest(told), reports: mapped(told, asSupplyOrDemand) });
  if (from === 'market/equilibrium' && quantities.includes(to))
    return (told) => ({ ...rest(told), reports: mapped(told, asOrder) });
  if (orders.includes(from) && to === 'market/order-book') return asMessages;
  if (from === 'matching/top-trading-cycles' && to === 'matching/serial-dictatorship') return asChoices;
  return undefined;
}

const others = ['market/equilibrium', 'market/order-book', 'matching/serial-dictatorship'];

/** What is told besides reports, messages and settings. */
function rest({ seed }: Told): Told {
  return seed === undefined ? {} : { seed };
}

function mapped({ reports = {} }: Told, by: (report: Report) => unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(reports).map(([agent, report]) => [agent, by(report as Report)]));
}

/** Settings that a mechanism does not do without, as its example has them. */
function neededBy(mechanism: string, { settings = {} }: Told): Settings {
  const needed = ['distribution', 'duration', 'increment', 'rounds', 'startingPrice', 'goods'];
  // A clock that goes by steps and one that does not are both clocks: the plain one is the one without.
  const kept = mechanism.endsWith('/clock') ? needed.filter((name) => name !== 'increment') : needed;
  return Object.fromEntries(Object.entries(settings).filter(([name]) => kept.includes(name)));
}

function asAuction(told: Told, source: AuctionWords, target: AuctionWords, needed: Settings): Told {
  const { settings = {} } = told;
  const bids = Object.values(told.reports ?? {}).flatMap((report) => [(report as Report)[source.bid]].flat());
  const highest = Math.max(0, ...bids.filter((bid) => typeof bid === 'number'));
  const least = source.least === undefined ? undefined : settings[source.least];
  return {
    ...rest(told),
    settings: {
      ...needed,
      // A price that falls has to begin above all bids, one that rises where the least is.
      ...(target.least === 'floor' ? { startingPrice: Math.max(Number(needed.startingPrice ?? 0), highest) } : {}),
      ...(target.units === undefined ? {} : { units: settings.units ?? 1 }),
      ...(settings.breakTie === undefined ? {} : { breakTie: settings.breakTie }),
      ...(target.least === undefined ? {} : { [target.least]: least ?? 0 }),
    },
    reports: mapped(told, (report) => {
      const bid = report[source.bid];
      return { [target.bid]: target.units === true && !Array.isArray(bid) ? [bid] : bid };
    }),
  };
}

function asPackages(told: Told, source: AuctionWords, { increment }: Settings): Told {
  return {
    ...rest(told),
    settings: { goods: [onlyGood], ...(increment === undefined ? {} : { increment }) },
    reports: mapped(told, (report) => ({ xor: [{ bundle: [onlyGood], value: report[source.bid] }] })),
  };
}

function asSupplyOrDemand({ side, price, quantity = 1 }: Report): Report {
  return side === 'buy' ? { demand: quantity, maxPrice: price } : { supply: quantity, minPrice: price };
}

function asOrder({ demand, maxPrice, supply, minPrice }: Report): Report {
  return demand === undefined
    ? { side: 'sell', price: minPrice, quantity: supply }
    : { side: 'buy', price: maxPrice, quantity: demand };
}

/** The orders one after another, as they come in a market that never closes. */
function asMessages(told: Told): Told {
  const messages = Object.entries(told.reports ?? {}).flatMap(([agent, report]) => {
    const { orders: several, ...one } = report as Report;
    const each = (Array.isArray(several) ? several : [one]) as readonly Report[];
    return each.map(({ side, price, quantity = 1 }) => [agent, { type: 'limit', side, price, quantity }]);
  });
  return { ...rest(told), messages };
}

/** Whoever owns a house is one who chooses among all of them. */
function asChoices(told: Told): Told {
  const owned = Object.values(told.reports ?? {}).map((report) => (report as Report).owns);
  return {
    ...rest(told),
    settings: { items: owned.filter((house) => house !== undefined) },
    reports: mapped(told, ({ ranking }) => ({ ranking })),
  };
}
