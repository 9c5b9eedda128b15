import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { HostFacts } from "@/lib/facts/model";
import { eventStream } from "./event-stream";
import { type Hosts, openHosts } from "./hosts";
import { openStreams, type Streams } from "./streams";

const facts: HostFacts = {
  format: "vethscope-facts/1",
  host: "local",
  source: "live",
  at: "2026-01-01T00:00:00.000Z",
  answers: [],
  gaps: [],
};

let hosts: Hosts;
let streams: Streams;
let gone: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  hosts = openHosts([{ id: "local", source: "live", gather: async () => facts }], () => undefined);
  streams = openStreams();
  gone = new AbortController();
});
afterEach(() => vi.useRealTimers());

const opened = (): ReadableStream<Uint8Array> => {
  const stream = eventStream("local", hosts, streams, gone.signal);
  if (stream === null) throw new Error("no such host");
  return stream;
};

const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();

test("events are messages, each a line of JSON", async () => {
  const text = textOf(opened());
  const look = await hosts.refresh("local");
  streams.close();
  const id = look.status === "ready" ? look.snapshot.id : "none";
  expect(await text).toBe(
    `: open\n\ndata: {"type":"gathering"}\n\ndata: {"type":"snapshot","snapshot":"${id}"}\n\n`,
  );
});

test("a quiet stream shows every 20 s that it is alive", async () => {
  const text = textOf(opened());
  vi.advanceTimersByTime(40_000);
  streams.close();
  expect(await text).toBe(": open\n\n: still here\n\n: still here\n\n");
});

test("it ends when the server stops", async () => {
  const text = textOf(opened());
  expect(streams.open()).toBe(1);
  streams.close();
  expect(await text).toBe(": open\n\n");
  expect(streams.open()).toBe(0);
});

test("it ends at once where the server stops already", async () => {
  streams.close();
  expect(await textOf(opened())).toBe(": open\n\n");
});

test("it leaves nothing behind when its reader goes", async () => {
  const text = textOf(opened());
  gone.abort();
  expect(await text).toBe(": open\n\n");
  expect(streams.open()).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("it leaves nothing behind when its reader cancels", async () => {
  await opened().cancel();
  expect(streams.open()).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
  await hosts.refresh("local");
});

test("a reader who does not read is given up", async () => {
  opened();
  vi.advanceTimersByTime(600 * 20_000);
  expect(streams.open()).toBe(0);
  expect(vi.getTimerCount()).toBe(0);
});

test("there is none of a host that nobody knows", () => {
  expect(eventStream("nobody", hosts, streams, gone.signal)).toBeNull();
});
