import { expect, type Page } from "playwright/test";
import { lab } from "./lab/lab-env";
import type { End } from "./lab/truth";

/** The page of the lab host, where Vethscope runs. */
export const hostPage = "/hosts/local";

export const details = (page: Page) => page.getByRole("complementary");
export const grid = (page: Page) => page.getByRole("grid");
export const said = (page: Page) => page.getByTestId("said");
/** What is lit above the faded picture. */
export const litTexts = (page: Page) => page.locator("[data-view=graph] svg[aria-hidden] text");

const isOnHost = (end: End): boolean => end.of.includes("(host)");

export type TruePair = { readonly onHost: End; readonly inside: End };

/** Pairs between the host and a container, as the lab made them. */
export const pairsToContainers = (): readonly TruePair[] =>
  lab().veth_pairs.flatMap(([a, b]) => {
    if (isOnHost(a) === isOnHost(b)) return [];
    return isOnHost(a) ? [{ onHost: a, inside: b }] : [{ onHost: b, inside: a }];
  });

/** The pair by which a container is attached to a bridge, by the container's interface. */
export const truePair = (container: string, ifname: string): TruePair => {
  const pair = pairsToContainers().find(
    ({ inside }) => inside.of.includes(container) && inside.ifname === ifname,
  );
  if (pair === undefined) throw new Error(`The lab has no pair ${container}/${ifname}.`);
  return pair;
};

/** Everything that the browser complains about while a page is used: nothing is right. */
export const complaints = (page: Page): readonly string[] => {
  const heard: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") heard.push(message.text());
  });
  page.on("pageerror", (error) => heard.push(error.message));
  return heard;
};

/** That the card proves this pair: both names, all four numbers, exact. */
export const expectProven = async (page: Page, { onHost, inside }: TruePair): Promise<void> => {
  const card = details(page)
    .getByRole("region", { name: "veth pair" })
    .filter({ hasText: onHost.ifname })
    .filter({ hasText: `ifindex ${inside.ifindex} ⇄ iflink ${onHost.ifindex}` });
  await expect(card).toContainText("exact");
  await expect(card).toContainText(`ifindex ${onHost.ifindex} ⇄ iflink ${inside.ifindex}`);
  await expect(card.getByRole("button", { name: inside.ifname, exact: true })).toBeVisible();
};
