import { expect } from "playwright/test";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { wordsIn } from "@/lib/messages/words";
import { survey } from "@/lib/pipeline";
import { presets } from "@/lib/share/redact";
import { renamedKeys } from "@/lib/share/renamed-keys";
import { freeze, plainlyShown } from "@/lib/share/snapshot";
import { svgOf, troubleIn } from "@/server/picture/drawn-host";
import { test } from "./live-page";
import { choose, openDialog, redact, saved } from "./sharing";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

const look = { theme: "light", legend: true, time: true } as const;

test("the SVG that the page saves is byte for byte that of the server and the command line", async ({
  page,
}) => {
  await page.goto("/hosts/sample");
  await openDialog(page);
  await choose(page, "svg");
  const { topology, ruling } = survey(recordedFacts("docker-28.5-debian-sid"));
  const trouble = troubleIn({ topology, ruling, shown: plainlyShown });
  for (const redaction of presets) {
    await redact(page, redaction);
    const shown = { ...plainlyShown, redaction };
    const { snapshot, keyOf } = freeze(topology, shown, null, ruling);
    const file = new TextDecoder().decode((await saved(page)).bytes);
    expect(file).toBe(svgOf(snapshot, look, wordsIn("en"), renamedKeys(trouble, keyOf)));
  }
});
