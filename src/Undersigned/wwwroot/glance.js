// The button names both numbers while lines are ticked; without this script it says what it does in words.
const form = document.querySelector("form[data-glance]");
if (form) {
  const button = form.querySelector("button[data-let]");
  const boxes = [...form.querySelectorAll("input[name=odd]")];
  const tell = () => {
    const aside = boxes.filter(box => box.checked).length;
    const words = aside === 0 ? button.dataset.letAll : aside === boxes.length ? button.dataset.letNone : button.dataset.let;
    button.textContent = words.replace("{in}", boxes.length - aside).replace("{aside}", aside);
  };
  form.addEventListener("change", tell);
  addEventListener("pageshow", tell);
  tell();
}
