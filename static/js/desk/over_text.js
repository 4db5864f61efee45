// Opens a dialog over the text and leads back to the same place in it: Chromium hands the focus back
// with the cursor at the very beginning.
export function openOver(dialog, text) {
  const { selectionStart, selectionEnd, scrollTop } = text;
  dialog.addEventListener(
    "close",
    () => {
      text.setSelectionRange(selectionStart, selectionEnd);
      text.scrollTop = scrollTop;
    },
    { once: true },
  );
  dialog.showModal();
}
