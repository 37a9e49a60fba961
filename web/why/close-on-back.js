// The browser's Back closes a dialog instead of leaving the page, as people expect on a phone.

/** Resolves when the entry of an earlier dialog has left the history. */
let returning = Promise.resolve();

/** Gives an open dialog an entry in the history. The entry is removed if the dialog closes in another way. */
export async function closeOnBack(dialog) {
  await returning;
  if (!dialog.open) return;
  history.pushState({ isOver: true }, "");
  const leave = () => dialog.close();
  addEventListener("popstate", leave, { once: true });
  dialog.addEventListener("close", () => {
    removeEventListener("popstate", leave);
    if (!history.state?.isOver) return;
    returning = new Promise((resolve) => addEventListener("popstate", resolve, { once: true }));
    history.back();
  });
}
