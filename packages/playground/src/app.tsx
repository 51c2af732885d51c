import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Home } from './home/home.tsx';
import { LiveAuction } from './home/live-auction.tsx';
import { type Page, rooms } from './rooms.ts';
import { type Route, useRoute } from './route.ts';

/** The frame of all pages, and the page that the address names. */
export function App(): JSX.Element {
  const route = useRoute();
  const [first = ''] = route.path;
  const room = rooms.find(({ path }) => path === first);
  useEffect(() => {
    document.title = room === undefined ? 'Mechane playground' : `${room.name} · Mechane playground`;
  }, [room]);
  // Alone in the frame of another page.
  if (first === 'auction') return <LiveAuction />;
  return (
    <>
      <button type="button" class="skip" onClick={() => document.getElementById('main')?.focus()}>
        To the content
      </button>
      <header>
        <a class="brand" href="#/">
          <img src="./mark.svg" alt="" width={26} height={26} /> Mechane
        </a>
        {!isForClass(route) && (
          <nav aria-label="Rooms">
            {rooms
              .filter(({ isAside }) => isAside !== true)
              .map(({ path, name }) => (
                <a key={path} href={`#/${path}`} aria-current={path === first ? 'page' : undefined}>
                  {name}
                </a>
              ))}
          </nav>
        )}
        <Theme />
      </header>
      <main id="main" tabIndex={-1}>
        {room === undefined ? <Home /> : <Loaded key={room.path} load={room.load} route={route} />}
      </main>
      <footer>
        {whatIsSent(first)} <a href="https://github.com/mechane/mechane">Source</a>, MIT licence.
      </footer>
    </>
  );
}

/** Whether a page is for students and for the wall, who are there for one thing. */
function isForClass({ path: [room, place = ''] }: Route): boolean {
  return room === 'classroom' && ['in', 'seat', 'wall'].includes(place);
}

/** Where what is said in a room goes. */
function whatIsSent(room: string): string {
  if (room === 'receipt') return 'Everything is checked in your browser; a service hears of it only where you ask one.';
  const isHeld = room === 'live' || room === 'classroom';
  return isHeld && document.querySelector('meta[name="mechane-service"]') !== null
    ? 'What you say goes to the service that this page comes from, and nowhere else.'
    : 'Everything runs in your browser; nothing is sent anywhere.';
}

function Loaded({ load, route }: { readonly load: () => Promise<Page>; readonly route: Route }): JSX.Element {
  const [page, setPage] = useState<{ readonly Page: Page } | 'lost' | undefined>(undefined);
  const fetchPage = (): void => {
    setPage(undefined);
    load().then(
      (loaded) => setPage({ Page: loaded }),
      () => setPage('lost'),
    );
  };
  useEffect(fetchPage, [load]);
  if (page === undefined) return <p class="loading">Loading …</p>;
  if (page !== 'lost') return <page.Page route={route} />;
  return (
    <p role="alert">
      This room could not be fetched.{' '}
      <button type="button" onClick={fetchPage}>
        Try again
      </button>
    </p>
  );
}

function Theme(): JSX.Element {
  const [theme, setTheme] = useState(document.documentElement.dataset.theme ?? 'light');
  const other = theme === 'dark' ? 'light' : 'dark';
  const turn = (): void => {
    document.documentElement.dataset.theme = other;
    localStorage.setItem('theme', other);
    setTheme(other);
  };
  return (
    <button type="button" class="quiet theme" aria-label={`Use ${other} paper`} onClick={turn}>
      {theme === 'dark' ? '☀' : '☾'}
    </button>
  );
}
