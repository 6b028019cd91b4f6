// The letter's text: what is pasted keeps its form, and the preview follows the typing. Without this script there are buttons.
const form = document.querySelector("form[data-writing]");
const body = form?.querySelector("#body");
const preview = form?.querySelector("[data-preview]");

async function ask(handler, extra) {
  const data = new FormData(form);
  data.delete("Upload");
  for (const [name, value] of Object.entries(extra ?? {}))
    data.set(name, value);
  const answer = await fetch("?handler=" + handler, { method: "POST", body: data });
  if (!answer.ok)
    throw new Error(answer.status);
  return answer.text();
}

let waiting;
let latest = 0;
function show() {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const mine = ++latest;
    try {
      const html = await ask("PreviewPart");
      if (mine === latest)
        preview.innerHTML = html;
    } catch {
      // The button still works.
    }
  }, 300);
}

async function paste(event) {
  const html = event.clipboardData?.getData("text/html");
  if (!html)
    return;
  event.preventDefault();
  const plain = event.clipboardData.getData("text/plain");
  const say = form.querySelector("[data-pasted]");
  let text = plain;
  try {
    text = await ask("Pasted", { html });
    say.textContent = "Pasted with its headings, links, emphasis, lists and footnotes. Look at how it reads before you save.";
  } catch {
    say.textContent = "Pasted as plain text: its form could not be kept.";
  }
  body.setRangeText(text.trimEnd(), body.selectionStart, body.selectionEnd, "end");
  body.dispatchEvent(new Event("input", { bubbles: true }));
}

if (body) {
  form.addEventListener("input", show);
  body.addEventListener("paste", paste);
  show();
}

// The reader's own zone is the likely one.
const zone = document.querySelector("select[data-own-zone]");
if (zone && zone.value === "UTC") {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...zone.options].some(o => o.value === own))
    zone.value = own;
}
