import { useEffect, useState } from 'preact/hooks';

/** Where one is: the parts of the address after the hash, and what it holds. */
export interface Route {
  readonly path: readonly string[];
  readonly held: string | null;
  /** All that stands after the question mark. */
  readonly query: URLSearchParams;
}

/** The address as it is now. */
export function routeNow(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const parameters = new URLSearchParams(query);
  return { path: path.split('/').filter((part) => part !== ''), held: parameters.get('s'), query: parameters };
}

/** The route, followed as it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(routeNow);
  useEffect(() => {
    const follow = (): void => {
      setRoute(routeNow());
      scrollTo(0, 0);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return route;
}

/** A value as it stands in an address: packed, and in letters that need no escape. */
export async function packed(value: unknown): Promise<string> {
  const stream = new Blob([JSON.stringify(value)]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** What {@link packed} packed; `undefined` where it is no such thing. */
export async function unpacked(text: string | null): Promise<unknown> {
  if (text === null) return undefined;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    return JSON.parse(await new Response(stream).text());
  } catch {
    return undefined;
  }
}

/** The address of this page with a value in it. */
export async function permalink(path: string, value: unknown): Promise<string> {
  return `${location.href.split('#')[0]}#/${path}?s=${await packed(value)}`;
}
