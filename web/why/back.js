// The browser's Back closes what lies over the page, as people expect on a phone, instead of leaving the page.

let returning = Promise.resolve();

/** Gives an open dialog an entry in the history; when it closes otherwise, the entry goes with it. */
export async function closeOnBack(dialog) {
  // The entry of the last one may still be on its way out.
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
