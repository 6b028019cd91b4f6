// Keys for who decides many: each presses what is on the page anyway.
const decide = document.querySelector("form.decide");
const next = step => {
  const links = [...document.querySelectorAll(".queue a")];
  const at = links.findIndex(link => link.hasAttribute("aria-current"));
  links[at + step]?.click();
};
addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input:not([type=radio]), textarea, select")) return;
  const key = event.key.toLowerCase();
  if (key === "j") next(1);
  else if (key === "k") next(-1);
  else if (decide && key >= "1" && key <= "9") decide.querySelectorAll("input[name=why]")[key - 1]?.click();
  else document.querySelector(`button[data-key="${CSS.escape(key)}"]`)?.click();
});
