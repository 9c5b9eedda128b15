import { afterEach, expect, test } from "vitest";
import { openHosts } from "./hosts/hosts";
import { openRuntime, runtime } from "./runtime";

afterEach(() => Reflect.deleteProperty(globalThis, Symbol.for("vethscope")));

const hosts = () => openHosts([], () => undefined);

test("without a door in front there is no runtime", () => {
  expect(runtime).toThrow("npm start");
});

test("there is one, wherever it is asked for", () => {
  const opened = openRuntime(hosts());
  expect(runtime()).toBe(opened);
  expect(() => openRuntime(hosts())).toThrow("open already");
});

test("closing it ends the streams", async () => {
  const { streams, close } = openRuntime(hosts());
  let ended = 0;
  const forget = streams.add(() => {
    ended += 1;
    forget();
  });
  await close();
  expect([ended, streams.open()]).toEqual([1, 0]);
});
