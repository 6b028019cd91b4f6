// Copies what stands in an element: <template class="copy"><button data-copy="ID" data-copied="Copied">. Without script there is no button, and one click on the text selects it.
for (const template of document.querySelectorAll("template.copy"))
  template.replaceWith(template.content);
for (const button of document.querySelectorAll("button[data-copy]"))
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    button.textContent = button.dataset.copied;
  });
