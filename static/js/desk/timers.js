// A function that calls `act` once nobody has called it for `pause` milliseconds, and `latest`
// milliseconds after the first call in any case.
export function afterPause(act, pause, latest = Infinity) {
  let timer = 0;
  let since = 0;
  return () => {
    const now = Date.now();
    since ||= now;
    clearTimeout(timer);
    timer = setTimeout(
      () => {
        since = 0;
        act();
      },
      Math.max(0, Math.min(pause, since + latest - now)),
    );
  };
}
