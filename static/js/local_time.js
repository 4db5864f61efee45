// Shows a moment in the reader's own zone beside the UTC time, where the two differ.
const clock = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "short",
});
const day = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short" });

function localTime(moment) {
  const sameDay = moment.getDate() === moment.getUTCDate();
  return sameDay ? clock.format(moment) : `${day.format(moment)}, ${clock.format(moment)}`;
}

function addLocalTime(time) {
  const moment = new Date(time.dateTime);
  if (Number.isNaN(moment.getTime()) || moment.getTimezoneOffset() === 0) return;
  const local = document.createElement("span");
  local.className = "stamp-local";
  local.textContent = localTime(moment);
  time.append(" ", local);
}

const addLocalTimes = (part) => part.querySelectorAll("time[data-local-time]").forEach(addLocalTime);
addLocalTimes(document);
document.addEventListener("content-added", (event) => addLocalTimes(event.target));
