// Keeps the line and the posts in step with what is typed, by asking for the same preview that the button shows.
const form = document.querySelector("form.signing");
let timer, asked = 0;

async function preview() {
  const turn = ++asked;
  const data = new URLSearchParams(new FormData(form));
  data.set("preview", "1");
  try {
    const answer = await fetch(location.href, { method: "POST", body: data, credentials: "omit" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== asked) return;
    take(page, "#line");
    // Fields in which somebody types stay theirs.
    if (!form.querySelector("#posts")?.contains(document.activeElement)) {
      take(page, "#posts");
      form.elements["Form.Read"].value = page.querySelector("[name='Form.Read']").value;
    }
  } catch {
    // Without a network the button still shows the preview later.
  }
}

function take(page, part) {
  const [old, fresh] = [document.querySelector(part), page.querySelector(part)];
  if (old && fresh) old.replaceChildren(...fresh.childNodes);
}

form?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(preview, 400);
});
