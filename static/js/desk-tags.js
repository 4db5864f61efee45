// Suggestions for the last name of a line of tags: a browser's own list completes whole values
// only, so each option is the line so far with one more name.

for (const list of document.querySelectorAll("datalist[id$=_names]")) {
  const field = document.getElementById(list.id.replace(/_names$/, ""));
  if (field) start(field, list);
}

function start(field, list) {
  const names = [...list.options].map((option) => option.value);
  field.setAttribute("list", list.id);
  field.autocomplete = "off";

  function suggest() {
    const parts = field.value.split(",").map((part) => part.trim());
    const begun = parts.pop().toLocaleLowerCase();
    const chosen = new Set(parts.map((part) => part.toLocaleLowerCase()));
    const fitting = names.filter((name) => {
      const lower = name.toLocaleLowerCase();
      return lower.includes(begun) && !chosen.has(lower);
    });
    list.replaceChildren(
      ...fitting.slice(0, 20).map((name) => new Option("", [...parts, name].join(", "))),
    );
  }

  field.addEventListener("input", suggest);
  field.addEventListener("focus", suggest);
}
