// Passkeys, where the browser knows them. Without this script there are a password and a code.
if (window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
  for (const template of document.querySelectorAll("template.passkey"))
    template.replaceWith(template.content);
  for (const button of document.querySelectorAll("button[data-passkey]"))
    button.addEventListener("click", () => ask(button));
}

async function ask(button) {
  const form = button.form;
  const problem = form.querySelector("[role=alert]");
  const create = button.dataset.passkey === "create";
  problem.textContent = "";
  try {
    const answer = await fetch("?handler=PasskeyOptions", { method: "POST", body: new FormData(form) });
    const told = await answer.json();
    if (!answer.ok) {
      problem.textContent = told.problems.join(" ");
      return;
    }
    const credential = create
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(told) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(told) });
    form.elements.credential.value = JSON.stringify(credential);
    form.action = "?handler=Passkey";
    form.submit();
  } catch {
    problem.textContent = create
      ? "No passkey was made. Try again, or choose a password."
      : "No passkey was given. Try again, or use your password.";
  }
}
