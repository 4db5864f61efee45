// Passkeys: a form with data-passkey gets from the browser what it sends to the site, and is shown
// only where the browser can do that. The options come from a JSON block of the page
// (data-passkey-options, its id) or from an address (data-passkey-from).

const fromText = (text) => {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0)).buffer;
};

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// For browsers that know passkeys but not yet their JSON: what carries bytes, made so.
function parsed(options) {
  const withBytes = (each) => ({ ...each, id: fromText(each.id) });
  return {
    ...options,
    challenge: fromText(options.challenge),
    ...(options.user && { user: withBytes(options.user) }),
    ...(options.excludeCredentials && { excludeCredentials: options.excludeCredentials.map(withBytes) }),
    ...(options.allowCredentials && { allowCredentials: options.allowCredentials.map(withBytes) }),
  };
}

function written(credential) {
  if (credential.toJSON) {
    try {
      return credential.toJSON();
    } catch { /* Some password managers bring objects that only look right. */ }
  }
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = toText(credential.response[name]);
  }
  const { id, type } = credential;
  return { id, type, rawId: toText(credential.rawId), response, clientExtensionResults: {} };
}

const ceremonies = {
  create: (options) => navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON?.(options) ?? parsed(options),
  }),
  get: (options) => navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON?.(options) ?? parsed(options),
  }),
};

async function optionsOf(form) {
  const { passkeyFrom, passkeyOptions } = form.dataset;
  if (!passkeyFrom) return JSON.parse(document.getElementById(passkeyOptions).textContent);
  const answer = await fetch(passkeyFrom, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new DOMException("", "NetworkError");
  return (await answer.json()).request_options;
}

function reasonOf(error) {
  if (error.name === "InvalidStateError") return "known";
  if (error.name === "SecurityError") return "address";
  if (error.name === "NetworkError" || error instanceof SyntaxError) return "unreachable";
  return error.name === "TypeError" && error.message.includes("fetch") ? "unreachable" : "refused";
}

// "Remember me" stands in the form with the password and counts for this way in as well.
function bringAlong(form) {
  const remember = document.querySelector("form:not([data-passkey]) [name=remember]");
  if (!remember?.checked || form.elements.remember) return;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "remember", value: "1" }));
}

function attach(form) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  const button = form.querySelector("button");
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    trouble.hidden = true;
    button.disabled = true;
    try {
      const { publicKey } = await optionsOf(form);
      const credential = await ceremonies[form.dataset.passkey](publicKey);
      form.elements.credential.value = JSON.stringify(written(credential));
      bringAlong(form);
      form.submit();
    } catch (error) {
      trouble.textContent = trouble.dataset[reasonOf(error)];
      trouble.hidden = false;
    } finally {
      button.disabled = false;
    }
  });
}

if (window.PublicKeyCredential) {
  document.querySelectorAll("form[data-passkey]").forEach(attach);
  document.querySelectorAll("[data-passkey-absent]").forEach((note) => note.remove());
}
