import { readFile } from "node:fs/promises";
import { expect, type Page } from "playwright/test";

/** The dialog in which a host is shared, opened by its key. */
export const openDialog = async (page: Page) => {
  // The key does something once the canvas is there, which the page's script makes.
  await page.locator("[data-view=graph] canvas").first().waitFor({ state: "attached" });
  await page.keyboard.press("s");
  const dialog = page.getByRole("dialog", { name: "Share this host" });
  // A host of 1,000 containers is drawn whole before it is seen.
  const preview = dialog.getByTestId("preview").locator("img, pre");
  await expect(preview).toBeVisible({ timeout: 20_000 });
  return dialog;
};

export const choose = (page: Page, format: string) =>
  page.getByLabel("As", { exact: true }).selectOption(format);
export const redact = (page: Page, preset: string) =>
  page.getByLabel("Replace", { exact: true }).selectOption(preset);

export type Saved = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> };

export const saved = async (page: Page): Promise<Saved> => {
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  const file = await download;
  return {
    name: file.suggestedFilename(),
    bytes: new Uint8Array(await readFile(await file.path())),
  };
};

type Way = "drop" | "paste";

/** As if a person dropped the file on the page, or pasted it there. */
export const give = (page: Page, way: Way, name: string, bytes: Uint8Array): Promise<void> =>
  page.evaluate(
    ([how, called, letters]) => {
      const transfer = new DataTransfer();
      const raw = Uint8Array.from(atob(letters), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([raw], called));
      const whole = { bubbles: true, cancelable: true };
      const event =
        how === "drop"
          ? new DragEvent("drop", { ...whole, dataTransfer: transfer })
          : new ClipboardEvent("paste", { ...whole, clipboardData: transfer });
      document.body.dispatchEvent(event);
    },
    [way, name, Buffer.from(bytes).toString("base64")] as const,
  );

/** What the page asks for from here on. */
export const asked = (page: Page): readonly string[] => {
  const urls: string[] = [];
  page.on("request", (request) => urls.push(request.url()));
  return urls;
};
