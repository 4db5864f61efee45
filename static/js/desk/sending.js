// Brings what a window holds to the server, and says in the panel how that went. Whoever was signed
// out meanwhile signs in beside the page; the next try notices.
import { get, post } from "./wire.js";

export function makeSender(panel, form) {
  const state = panel.querySelector("[data-draft-state]");
  const alarm = panel.querySelector("[data-draft-alarm]");
  const signIn = panel.querySelector("[data-draft-sign-in]");
  const labels = panel.dataset;
  const writing = form.querySelector("[data-writing]");
  // Where one looks while writing; below the text the bar with the buttons covers it.
  writing?.querySelector("[data-writing-status]")?.after(state, alarm, signIn);

  // A form that is sent without a network leads to a page of the browser's own.
  form.addEventListener(
    "submit",
    (event) => {
      if (navigator.onLine) return;
      event.preventDefault();
      event.stopImmediatePropagation(); // nobody may take it for saved
      alarm.textContent = labels.labelUnsent;
    },
    { capture: true },
  );

  async function send(copy, { withFields, isReverted = false, isQuiet = false }) {
    const sent = { ...fieldsOf(copy, withFields), reverted: isReverted ? "on" : "" };
    let answer = await post(labels.autosaveUrl, sent);
    let problem = problemOf(answer);
    if (answer.status === 403) {
      problem = await renewProof();
      if (!problem) {
        answer = await post(labels.autosaveUrl, sent);
        problem = answer.ok ? "" : labels.labelRefused;
      }
    }
    if (!isQuiet) say(answer, problem, withFields);
    return answer;
  }

  function problemOf({ ok, status }) {
    if (ok || status === 409) return "";
    const isAway = status === 0 || status === 429 || status >= 500;
    return isAway ? labels.labelOffline : labels.labelRefused;
  }

  // A new session has a new proof of origin, which the form needs as well. Answers with a problem.
  async function renewProof() {
    const { ok, status, data } = await get(labels.tokenUrl);
    if (!ok) return status === 403 ? labels.labelSignedOut : labels.labelOffline;
    if (String(data.user) !== labels.user) return labels.labelSomebodyElse;
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]"))
      field.value = data.token;
    return "";
  }

  function say(answer, problem, withFields) {
    const wasProblem = alarm.textContent && alarm.textContent !== labels.labelBack;
    const told = problem || (wasProblem ? labels.labelBack : "");
    if (problem || wasProblem) alarm.textContent = told;
    else if (withFields) alarm.textContent = "";
    signIn.hidden = ![labels.labelSignedOut, labels.labelSomebodyElse].includes(problem);
    if (problem) state.textContent = "";
    if (!answer.ok) return;
    if (!answer.data.saved_at) state.textContent = "";
    if (withFields) state.textContent = `${labels.labelKept} ${clock(answer.data.saved_at)}`;
    panel.dispatchEvent(new CustomEvent("drafting:answer", { detail: answer.data }));
  }

  // Which of these windows were saved; none where nobody knows.
  async function settledAmong(names) {
    if (!names.length) return [];
    const sent = { window: names[0], leaving: "on", windows: names.slice(0, 60).join(" ") };
    const { data } = await post(labels.autosaveUrl, { ...sent, text: labels.text });
    return data?.settled ?? [];
  }

  // For a page that is closing: nobody waits for the answer.
  function leave(copy, { withFields }) {
    const sent = withFields ? {} : { leaving: "on" };
    post(labels.autosaveUrl, { ...fieldsOf(copy, withFields), ...sent }, { keepalive: true });
  }

  return { send, leave, settledAmong };
}

function fieldsOf(copy, withFields) {
  return {
    window: copy.window,
    text: copy.text,
    based_on: copy.basedOn,
    fields_held: withFields ? copy.fields : "",
  };
}

export function clock(moment) {
  return new Date(moment).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
