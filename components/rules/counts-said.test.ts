import { expect, test } from "vitest";
import { wordsIn } from "@/lib/messages/words";
import { exactly } from "./rules-words";

const words = wordsIn("en");
const said = (count: string) => {
  const n = exactly(count, "en");
  return [
    words("rules.packetsOnly", { n }),
    words("rules.packets", { n }),
    words("rules.bytes", { n }),
    words("rules.packetsBytes", { packets: n, bytes: n }),
  ];
};

test("one packet and one byte are said as one, all other counts as many", () => {
  expect(said("1")).toEqual(["1 packet", "(1 packet)", "1 byte", "1 packet, 1 byte"]);
  expect(said("0")[0]).toBe("0 packets");
  expect(said("21")[3]).toBe("21 packets, 21 bytes");
});

test("counters beyond 2^53 keep every digit in a sentence", () => {
  expect(said("18446744073709551615")[2]).toBe("18,446,744,073,709,551,615 bytes");
});
