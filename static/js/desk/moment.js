// Beside a date and a time: what they are in UTC, while somebody types. The server has the last
// word; it says the same when the form is sent.
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

// How far the clocks of a zone are ahead of UTC at a moment, in milliseconds.
function offsetAt(moment, format) {
  const parts = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const shown = Date.UTC(2000, parts.month - 1, parts.day, parts.hour, parts.minute, parts.second);
  const year = new Date(shown).setUTCFullYear(parts.year);
  return year - Math.floor(moment / 1000) * 1000;
}

// The moments at which the clocks show this, the first one first: none, one or two.
function momentsShowing(clock, format) {
  const offsets = new Set([offsetAt(clock - DAY, format), offsetAt(clock + DAY, format)]);
  return [...offsets]
    .map((offset) => clock - offset)
    .filter((moment) => moment + offsetAt(moment, format) === clock)
    .sort((one, other) => one - other);
}

function clockFormat(zone) {
  return new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
}

function follow(box) {
  const line = box.querySelector("[data-moment-utc]");
  const [date, time] = box.querySelectorAll("input");
  if (!line) return;
  const stored = line.textContent;
  const format = clockFormat(box.dataset.zone);

  function words() {
    const isUntouched = date.value === date.defaultValue && time.value === time.defaultValue;
    if (isUntouched) return stored;
    const clock = Date.parse(`${date.value}T${time.value}Z`);
    if (Number.isNaN(clock)) return "";
    const moments = momentsShowing(clock, format);
    if (!moments.length) return box.dataset.gap;
    const said = new Date(moments[0]).toISOString().slice(0, 16).replace("T", " ");
    const equals = box.dataset.equals.replace("%(moment)s", said);
    return moments.length > 1 ? `${equals} · ${box.dataset.twice}` : equals;
  }

  box.addEventListener("input", () => {
    line.textContent = words();
  });
}

document.querySelectorAll("[data-moment]").forEach(follow);
