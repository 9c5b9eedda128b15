import { expect, test } from "vitest";
import type { Question } from "@/lib/hosts/barrier";
import { secretDesk } from "./secret-desk";

const password = (again = false): Question => ({ kind: "password", where: "root@h:22", again });
const code = (prompt: string): Question => ({
  kind: "keyboard-interactive",
  where: "root@h:22",
  instructions: "",
  prompt,
  echo: false,
});

const open = (patience?: number) => {
  const asked: Question[] = [];
  return { asked, desk: secretDesk((question) => asked.push(question), patience) };
};

test("a question waits for its answer, and is shown meanwhile", async () => {
  const { desk, asked } = open();
  const answer = desk.ask(password());
  expect(desk.open()).toEqual(password());
  expect(desk.answer("s3cret")).toBe(true);
  expect(await answer).toBe("s3cret");
  expect(asked).toEqual([password()]);
  expect(desk.open()).toBeNull();
});

test("nothing is answered where nothing was asked, nor twice", () => {
  const { desk } = open();
  expect(desk.answer("x")).toBe(false);
  void desk.ask(password());
  expect(desk.answer("x")).toBe(true);
  expect(desk.answer("y")).toBe(false);
});

test("who does not answer in time leaves the question standing", async () => {
  const { desk } = open(1);
  expect(await desk.ask(password())).toBeNull();
  expect(desk.open()).toEqual(password());
});

test("an answer that came too late goes to the same question, once", async () => {
  const { desk, asked } = open(1);
  await desk.ask(password());
  expect(desk.answer("late")).toBe(true);
  expect(await desk.ask(password())).toBe("late");
  expect(asked).toHaveLength(1);
  expect(await desk.ask(password())).toBeNull();
});

test("and to no other one, nor to one that says the last answer was wrong", async () => {
  for (const other of [password(true), code("Code: "), { ...password(), where: "root@x:22" }]) {
    const { desk } = open(1);
    await desk.ask(password());
    desk.answer("late");
    expect(await desk.ask(other)).toBeNull();
    expect(await desk.ask(password())).toBeNull();
  }
  const { desk } = open(1);
  await desk.ask(code("Password: "));
  desk.answer("late");
  expect(await desk.ask(code("Code: "))).toBeNull();
});

test("closing answers what waits with nothing, and asks no more", async () => {
  const { desk, asked } = open();
  const waiting = desk.ask(password());
  desk.close();
  expect(await waiting).toBeNull();
  expect(await desk.ask(password())).toBeNull();
  expect(asked).toHaveLength(1);
  expect(desk.answer("x")).toBe(false);
});
