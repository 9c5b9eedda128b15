/** Copies the first command in the inspector, the one to check what is selected: once that is shown there. */
export const copyFirstCheck = (): void => {
  const panel = document.getElementById("details");
  if (panel?.ariaBusy === "true") {
    requestAnimationFrame(copyFirstCheck);
    return;
  }
  [...(panel?.querySelectorAll<HTMLButtonElement>("[data-copy]") ?? [])]
    .find((button) => button.checkVisibility())
    ?.click();
};
