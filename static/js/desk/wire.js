// Questions to our own server. An answer is { ok, status, data }; nothing here ever throws.
//
// `status` is 0 where no answer came, and 403 also where the server sends to the sign-in page.
// `data` is what the answer's JSON says, or null.

export function get(url, { signal } = {}) {
  return ask(url, { method: "GET", signal });
}

// `fields` is a FormData, or an object of lines of text and files.
export function post(url, fields = {}, { signal, keepalive = false } = {}) {
  const body = fields instanceof FormData ? fields : new FormData();
  if (body !== fields) for (const [name, value] of Object.entries(fields)) body.set(name, value);
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
  return ask(url, { method: "POST", body, signal, keepalive, headers: { "X-CSRFToken": token } });
}

async function ask(url, options) {
  const headers = { Accept: "application/json", ...options.headers };
  try {
    const answer = await fetch(url, {
      credentials: "same-origin",
      redirect: "manual",
      ...options,
      headers,
    });
    const status = answer.type === "opaqueredirect" ? 403 : answer.status;
    return { ok: answer.ok, status, data: await answer.json().catch(() => null) };
  } catch {
    return { ok: false, status: 0, data: null };
  }
}
