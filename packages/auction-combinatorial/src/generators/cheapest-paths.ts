import { PriorityQueue } from './priority-queue.ts';
import type { Road, RoadMap } from './road-map.ts';

/** A way from one city to another that passes no city twice. */
export interface Path {
  readonly roads: readonly number[];
  readonly cost: number;
}

/** The cheapest of all ways that begin with these roads, as many as `fixed` says, and do not go on by one of those that are barred. */
interface Candidate extends Path {
  readonly cities: readonly number[];
  readonly fixed: number;
  readonly barred: readonly number[];
}

/**
 * The cheapest ways that cost less than `limit`, the cheapest first, at most so many: Yen's algorithm (1971) with Lawler's way (1972) of splitting what is left, and a
 * search that knows from every city how far it is to the goal.
 */
export function cheapestPaths(map: RoadMap, from: number, to: number, most: number, limit: number): Path[] {
  const left = distancesTo(map, to);
  const queue = new PriorityQueue<Candidate>();
  const consider = (roads: readonly number[], cities: readonly number[], barred: readonly number[]): void => {
    const before = roads.reduce((sum, road) => sum + lengthOf(map, road), 0);
    const rest = wayOn(map, left, cities, barred, limit - before);
    if (rest === undefined) return;
    const all = [...roads, ...rest];
    const cost = all.reduce((sum, road) => sum + lengthOf(map, road), 0);
    queue.push({ roads: all, cities: citiesAlong(map, from, all), cost, fixed: roads.length, barred }, cost);
  };
  consider([], [from], []);
  const found: Path[] = [];
  while (found.length < most) {
    const next = queue.pop();
    if (next === undefined || next.cost >= limit) break;
    const { roads, cities, cost, fixed, barred } = next.item;
    found.push({ roads, cost });
    for (let at = fixed; at < roads.length; at++) {
      const road = roads[at] as number;
      consider(roads.slice(0, at), cities.slice(0, at + 1), at === fixed ? [...barred, road] : [road]);
    }
  }
  return found;
}

/** The cheapest roads from the last of the cities to the goal that pass none of the others and do not begin with a barred one. */
function wayOn(
  map: RoadMap,
  left: Float64Array,
  passed: readonly number[],
  barred: readonly number[],
  limit: number,
): number[] | undefined {
  const start = passed.at(-1) as number;
  const costs = new Map([[start, 0]]);
  const by = new Map<number, number>();
  const closed = new Set(passed.slice(0, -1));
  const queue = new PriorityQueue<number>();
  queue.push(start, left[start] as number);
  for (let next = queue.pop(); next !== undefined && next.cost < limit; next = queue.pop()) {
    const city = next.item;
    if (left[city] === 0) return roadsBack(map, by, city, start);
    if (closed.has(city)) continue;
    closed.add(city);
    for (const road of map.at[city] as readonly number[]) {
      const other = otherEnd(map, road, city);
      if (closed.has(other) || (city === start && barred.includes(road))) continue;
      const cost = (costs.get(city) as number) + lengthOf(map, road);
      if (cost >= (costs.get(other) ?? Infinity)) continue;
      costs.set(other, cost);
      by.set(other, road);
      queue.push(other, cost + (left[other] as number));
    }
  }
  return undefined;
}

function roadsBack(map: RoadMap, by: ReadonlyMap<number, number>, goal: number, start: number): number[] {
  const roads: number[] = [];
  for (let city = goal; city !== start; ) {
    const road = by.get(city) as number;
    roads.unshift(road);
    city = otherEnd(map, road, city);
  }
  return roads;
}

function citiesAlong(map: RoadMap, from: number, roads: readonly number[]): number[] {
  const cities = [from];
  for (const road of roads) cities.push(otherEnd(map, road, cities.at(-1) as number));
  return cities;
}

/** How far it is from every city (Dijkstra 1959). */
function distancesTo(map: RoadMap, goal: number): Float64Array {
  const distances = new Float64Array(map.cities.length).fill(Infinity);
  const queue = new PriorityQueue<number>();
  distances[goal] = 0;
  queue.push(goal, 0);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { item: city, cost } = next;
    if (cost > (distances[city] as number)) continue;
    for (const road of map.at[city] as readonly number[]) {
      const other = otherEnd(map, road, city);
      const further = cost + lengthOf(map, road);
      if (further >= (distances[other] as number)) continue;
      distances[other] = further;
      queue.push(other, further);
    }
  }
  return distances;
}

function otherEnd(map: RoadMap, road: number, city: number): number {
  const [one, other] = (map.roads[road] as Road).ends;
  return one === city ? other : one;
}

function lengthOf(map: RoadMap, road: number): number {
  return (map.roads[road] as Road).length;
}
