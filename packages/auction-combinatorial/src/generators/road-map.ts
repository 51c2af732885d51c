import type { Random } from '@mechane/core';

/** A road between two cities: a good for sale. */
export interface Road {
  readonly ends: readonly [number, number];
  readonly length: number;
}

/** Cities on a square, and roads between them; `at` lists the roads at each city. */
export interface RoadMap {
  readonly cities: readonly (readonly [x: number, y: number])[];
  readonly roads: readonly Road[];
  readonly at: readonly (readonly number[])[];
}

export interface RoadMapParameters {
  readonly goods: number;
  readonly initialConnections: number;
  readonly edgeDensity: number;
  readonly buildingPenalty: number;
}

/**
 * As many roads as there are goods, nearly planar. Cities stand anywhere on a square, each with roads to the nearest others. Then again and again two cities are
 * connected as is cheapest, where a new road costs its length times the penalty; all new roads on the way are built.
 */
export function roadMap(parameters: RoadMapParameters, random: Random): RoadMap {
  const { goods, initialConnections, edgeDensity, buildingPenalty } = parameters;
  const land = new Land(goods);
  const enough = Math.ceil((1 + Math.sqrt(1 + 8 * goods)) / 2);
  for (let cities = Math.max(enough, Math.round(goods / edgeDensity)); cities > 0; cities--) land.settle(random);
  for (const city of land.cities.keys()) land.connect(city, initialConnections);
  for (let idle = 0; land.roads.length < goods; ) {
    const from = random.below(land.cities.length);
    const to = random.below(land.cities.length);
    idle = land.build(from, to, buildingPenalty) ? 0 : idle + 1;
    if (idle <= land.cities.length) continue;
    // No new road is worth its penalty any more. What then is not stated in the paper: here one more city is founded.
    land.connect(land.settle(random), initialConnections);
    idle = 0;
  }
  return land;
}

class Land implements RoadMap {
  readonly cities: [number, number][] = [];
  readonly roads: Road[] = [];
  readonly at: number[][] = [];
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Founds a city. */
  settle(random: Random): number {
    this.at.push([]);
    return this.cities.push([random.next(), random.next()]) - 1;
  }

  /** Builds roads from a city to the nearest others. */
  connect(city: number, others: number): void {
    const near = [...this.cities.keys()].filter((other) => other !== city);
    near.sort((a, b) => this.#distance(city, a) - this.#distance(city, b));
    for (const other of near.slice(0, others)) this.#road(city, other);
  }

  /** Builds what is missing on the cheapest way; false where nothing is. */
  build(from: number, to: number, penalty: number): boolean {
    const before = this.roads.length;
    const way = this.#cheapestWay(from, to, penalty);
    for (let step = 1; step < way.length; step++) this.#road(way[step - 1] as number, way[step] as number);
    return this.roads.length > before;
  }

  #road(one: number, other: number): void {
    if (this.roads.length >= this.#most || this.#roadBetween(one, other)) return;
    const road = this.roads.push({ ends: [one, other], length: this.#distance(one, other) }) - 1;
    this.at[one]?.push(road);
    this.at[other]?.push(road);
  }

  #roadBetween(one: number, other: number): boolean {
    return (this.at[one] as readonly number[]).some((road) => this.roads[road]?.ends.includes(other));
  }

  /** Dijkstra's algorithm on the complete graph. */
  #cheapestWay(from: number, to: number, penalty: number): number[] {
    const count = this.cities.length;
    const costs = new Float64Array(count).fill(Infinity);
    const previous = new Int32Array(count).fill(-1);
    const closed = new Uint8Array(count);
    const built = new Uint8Array(count);
    costs[from] = 0;
    for (let city = from; city !== to; ) {
      closed[city] = 1;
      built.fill(0);
      for (const road of this.at[city] as readonly number[])
        for (const end of this.roads[road]?.ends ?? []) built[end] = 1;
      const so = costs[city] as number;
      let nearest = to;
      for (let other = 0; other < count; other++) {
        if (closed[other] === 1) continue;
        const cost = so + this.#distance(city, other) * (built[other] === 1 ? 1 : penalty);
        if (cost < (costs[other] as number)) {
          costs[other] = cost;
          previous[other] = city;
        }
        if ((costs[other] as number) < (costs[nearest] as number)) nearest = other;
      }
      city = nearest;
    }
    const way = [to];
    for (let city = to; city !== from; way.unshift(city)) city = previous[city] as number;
    return way;
  }

  #distance(one: number, other: number): number {
    return distanceBetween(this, one, other);
  }
}

/** As the crow flies. */
export function distanceBetween({ cities }: Pick<RoadMap, 'cities'>, one: number, other: number): number {
  const [here, there] = [cities[one], cities[other]] as [RoadMap['cities'][number], RoadMap['cities'][number]];
  return Math.sqrt((here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2);
}
