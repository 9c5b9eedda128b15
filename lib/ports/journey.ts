import { frame, out } from "./frames";
import { comeIn, loop, send } from "./packets";
import type { Ended, Ending, Going, Move, Trip } from "./trip";
import type { World } from "./world";

/** More ways than this at one time, or longer ones, are not followed. */
const atMost = { ways: 64, moves: 64 };

function step(world: World, move: Move, trip: Trip): readonly Going[] {
  switch (move.move) {
    case "send":
      return send(world, move, trip);
    case "loop":
      return loop(world, move, trip);
    case "in":
      return comeIn(world, move, trip);
    case "frame":
      return frame(world, move, trip);
    case "out":
      return out(world, move, trip);
  }
}

const hasEnded = (going: Going): going is Ended => "end" in going.next;

const given: Ending = {
  end: "unknown",
  doubt: { why: "too-many-ways", hook: "forward" },
  at: null,
};

/** Follows a packet to all the ends that it may come to. */
export function follow(world: World, start: Going): readonly Ended[] {
  const ended: Ended[] = [];
  let here: readonly Going[] = [start];
  for (let moves = 0; here.length > 0; moves += 1) {
    ended.push(...here.filter(hasEnded));
    const open = here.flatMap(({ trip, next }) => ("move" in next ? [{ trip, next }] : []));
    if (open.length + ended.length > atMost.ways || moves > atMost.moves)
      return [...ended, ...open.map(({ trip }) => ({ trip, next: given }))];
    here = open.flatMap(({ trip, next }) => step(world, next, trip));
  }
  return ended;
}
