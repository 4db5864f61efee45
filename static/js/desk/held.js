// What a form holds, as text that can be compared and sent.

const CARRIED = new Set(["csrfmiddlewaretoken", "window", "based_on", "merged_from"]);

const isTyped = (name) => !CARRIED.has(name) && !name.startsWith("_");

export function heldBy(form) {
  const fields = {};
  for (const [name, value] of new FormData(form))
    if (isTyped(name) && typeof value === "string") (fields[name] ??= []).push(value);
  return JSON.stringify(fields);
}

// What it held when the server made it, whatever the browser has filled in since.
export function firstHeldBy(form) {
  const fields = {};
  for (const control of form.elements) {
    if (!control.name || !isTyped(control.name) || control.disabled) continue;
    for (const value of firstValues(control)) (fields[control.name] ??= []).push(value);
  }
  return JSON.stringify(fields);
}

function firstValues(control) {
  if (["submit", "button", "reset", "file", "image"].includes(control.type)) return [];
  if (control.localName === "select") return chosenFirst(control);
  if (["checkbox", "radio"].includes(control.type))
    return control.defaultChecked ? [control.value] : [];
  return "defaultValue" in control ? [control.defaultValue] : [];
}

function chosenFirst(select) {
  const options = [...select.options];
  const chosen = options.filter((option) => option.defaultSelected).map((option) => option.value);
  if (chosen.length || select.multiple || !options.length) return chosen;
  return [options[0].value];
}
