/** @type {typeof import('./waiting-clock.d.mts').waitingClock} */
export function waitingClock() {
  let time = 0;
  return {
    now: () => time,
    after(milliseconds, callback) {
      if (milliseconds === Number.POSITIVE_INFINITY) return () => {};
      const due = time + milliseconds;
      const timer = setTimeout(() => {
        time = Math.max(time, due);
        callback();
      });
      return () => clearTimeout(timer);
    },
  };
}
