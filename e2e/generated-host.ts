import type { Page } from "playwright/test";
import type { Topology } from "@/lib/topology/model";
import { pack } from "@/lib/wire/wire";
import { hostPage } from "./host-page";

/** The page of this machine, showing a host that was written: its next reading is that. */
export const openWritten = async (
  page: Page,
  { host, ...rest }: Topology,
  query: string,
): Promise<void> => {
  // A recording cannot be read again.
  const topology = pack({ ...rest, host: { ...host, source: "live" } });
  await page.route("**/refresh", (route) => route.fulfill({ json: { snapshot: "1", topology } }));
  await page.goto(`${hostPage}${query}`);
  await page.getByRole("button", { name: "Refresh" }).click();
  await page.getByRole("heading", { level: 1, name: host.name }).waitFor({ state: "attached" });
};
