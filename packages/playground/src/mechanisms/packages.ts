import type { Subject } from '@mechane/conformance';
import type { Plugin } from '@mechane/core';

interface Package {
  plugin(): Promise<Plugin>;
  subjects(): Promise<readonly Subject[]>;
}

/** The packages of mechanisms, each loaded when one of its mechanisms is looked at. */
const packages: Readonly<Record<string, Package>> = {
  'auction-sealed': {
    plugin: async () => (await import('@mechane/auction-sealed')).sealedAuctions as Plugin,
    subjects: async () => (await import('@mechane/auction-sealed/conformance')).subjects,
  },
  'auction-english': {
    plugin: async () => (await import('@mechane/auction-english')).englishAuctions as Plugin,
    subjects: async () => (await import('@mechane/auction-english/conformance')).subjects,
  },
  'auction-dutch': {
    plugin: async () => (await import('@mechane/auction-dutch')).dutchAuctions as Plugin,
    subjects: async () => (await import('@mechane/auction-dutch/conformance')).subjects,
  },
  'auction-combinatorial': {
    plugin: async () => (await import('@mechane/auction-combinatorial')).combinatorialAuctions as Plugin,
    subjects: async () => (await import('@mechane/auction-combinatorial/conformance')).subjects,
  },
  market: {
    plugin: async () => (await import('@mechane/market')).markets as Plugin,
    subjects: async () => (await import('@mechane/market/conformance')).subjects,
  },
  matching: {
    plugin: async () => (await import('@mechane/matching')).matchings as Plugin,
    subjects: async () => (await import('@mechane/matching/conformance')).subjects,
  },
  'public-choice': {
    plugin: async () => (await import('@mechane/public-choice')).publicChoices as Plugin,
    subjects: async () => (await import('@mechane/public-choice/conformance')).subjects,
  },
  adaptive: {
    plugin: async () => (await import('@mechane/adaptive')).adaptive as Plugin,
    subjects: async () => (await import('@mechane/adaptive/conformance')).subjects,
  },
  'game-theory': {
    plugin: async () => (await import('@mechane/game-theory')).games as Plugin,
    subjects: async () => (await import('@mechane/game-theory/conformance')).subjects,
  },
};

/** The plugin that brings a mechanism; `undefined` where none does. */
export async function pluginOf(mechanism: string): Promise<Plugin | undefined> {
  return packages[packageOf(mechanism)]?.plugin();
}

/** What the package of a mechanism has examined. */
export async function subjectsIn(mechanism: string): Promise<readonly Subject[]> {
  return (await packages[packageOf(mechanism)]?.subjects()) ?? [];
}

function packageOf(mechanism: string): string {
  return mechanism.split('/')[0] ?? '';
}
