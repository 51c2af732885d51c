import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { ServiceHere } from './service.ts';

/** The time that is left by the service's clock; nothing where there is no end. */
export function TimeLeft({
  service,
  closesAt,
}: {
  readonly service: ServiceHere;
  readonly closesAt: string | null | undefined;
}): JSX.Element | null {
  const [now, setNow] = useState(() => service.clock.now());
  useEffect(() => {
    if (closesAt == null) return undefined;
    const timer = setInterval(() => setNow(service.clock.now()), 250);
    return () => clearInterval(timer);
  }, [service, closesAt]);
  if (closesAt == null) return null;
  const seconds = Math.max(0, Math.ceil((Date.parse(closesAt) - now) / 1000));
  return (
    <span class={`timer${seconds <= 10 ? ' bad' : ''}`} role="timer" aria-label="Time left">
      {inWords(seconds)}
    </span>
  );
}

function inWords(seconds: number): string {
  if (seconds === 0) return 'closing';
  const [days, hours, minutes] = [
    Math.floor(seconds / 86_400),
    Math.floor(seconds / 3600) % 24,
    Math.floor(seconds / 60) % 60,
  ];
  if (days > 0) return `${days} d ${hours} h left`;
  const two = (part: number): string => String(part).padStart(2, '0');
  const clock = hours > 0 ? `${hours}:${two(minutes)}` : String(minutes);
  return `${clock}:${two(seconds % 60)} left`;
}
