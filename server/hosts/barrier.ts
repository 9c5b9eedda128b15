import type { Barrier } from "@/lib/hosts/barrier";
import type { Trouble } from "./trouble";

/** A barrier in one sentence. */
export const barrierTrouble = (barrier: Barrier): Trouble => {
  switch (barrier.kind) {
    case "unknown-key":
      return { error: "hosts.barred.unknownKey", values: { where: barrier.where } };
    case "changed-key":
      return { error: "hosts.barred.changedKey", values: { where: barrier.where } };
    case "secret":
      return { error: "hosts.barred.secret", values: { where: barrier.question.where } };
    case "unreachable":
      return { error: barrier.what, values: barrier.values };
    case "unusable":
      return { error: "hosts.barred.unusable", values: {} };
  }
};
