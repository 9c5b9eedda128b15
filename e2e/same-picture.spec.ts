import { inflateSync } from "node:zlib";
import { expect } from "playwright/test";
import { recordedFacts } from "@/e2e/record/recorded-hosts";
import { wordsIn } from "@/lib/messages/words";
import { understand } from "@/lib/pipeline";
import { presets } from "@/lib/share/redact";
import { freeze, plainlyShown } from "@/lib/share/snapshot";
import { svgOf } from "@/server/picture/drawn-host";
import { test } from "./live-page";
import { choose, openDialog, redact, saved } from "./sharing";

test.use({ locale: "en-US", viewport: { width: 1440, height: 900 } });

const look = { theme: "light", legend: true, time: true } as const;

/** The picture, and the text that it carries: browsers pack the same text into other bytes than Node. */
const partsOf = (svg: string): readonly [picture: string, carried: string] => {
  const [before = "", packed = "", after = ""] = svg.split(
    /(?<=<metadata id="vethscope">)|(?=<\/metadata>)/,
  );
  return [before + after, inflateSync(Buffer.from(packed, "base64")).toString("utf8")];
};

test("the SVG that the page saves is byte for byte that of the server and the command line", async ({
  page,
}) => {
  await page.goto("/hosts/sample");
  await openDialog(page);
  await choose(page, "svg");
  const topology = understand(recordedFacts("docker-28.5-debian-sid"));
  for (const redaction of presets) {
    await redact(page, redaction);
    const { snapshot } = freeze(topology, { ...plainlyShown, redaction });
    const file = new TextDecoder().decode((await saved(page)).bytes);
    expect(partsOf(file)).toEqual(partsOf(await svgOf(snapshot, look, wordsIn("en"))));
  }
});
