import type { GapReason } from "@/lib/facts/model";
import type { Rights } from "@/lib/hosts/entry";
import type { NetnsLabel } from "@/lib/net/ids";
import type { Probe } from "@/lib/probes/define";
import type { EnginePath } from "./engine-fields";

/**
 * Where a step runs.
 * machine, own: where the shell is (own: its network namespace is what is asked about).
 * netns: entered by a path that leads to it.
 */
export type Where =
  | { readonly kind: "machine" }
  | { readonly kind: "own" }
  | { readonly kind: "netns"; readonly label: NetnsLabel; readonly path: string };

/** A question of the catalogue and the name that its answer gets (`netns-paths` is asked twice). */
export type Question = { readonly name: string; readonly probe: Probe<unknown> };

/** One process on the host, in time at most `deadlineMs`. Only `ip -batch` answers several questions at once. */
export type Step = {
  /** Unique in its lane; names its frames. */
  readonly number: number;
  readonly where: Where;
  readonly questions: readonly Question[];
  readonly deadlineMs: number;
};

/**
 * A share of the questions, worked through one after the other by one shell. Several processes on one
 * pipe mix their output above 4,096 bytes, so lanes never share one.
 */
export type Lane = {
  /** Random for each run: no output can pretend to be a frame. */
  readonly marker: string;
  readonly steps: readonly Step[];
  /** POSIX sh that asks the steps and frames what they print (server/gather/script.ts). */
  readonly script: string;
};

export type ExecEnd =
  | { readonly kind: "ended" }
  /** It never ran, or the connection broke. `words`: the system's. */
  | { readonly kind: "failed"; readonly words: string };

/** What comes back while a lane runs, as bytes, in order on each of the two streams. */
export type ExecSink = {
  readonly stdout: (chunk: Buffer) => void;
  readonly stderr: (chunk: Buffer) => void;
};

/**
 * A running shell, leader of a process group of its own. Its standard input stays open: lines that
 * are said reach the script, and when it ends, however our end dies, the script ends its group.
 */
export type Exec = {
  readonly say: (line: string) => void;
  readonly end: () => void;
  /** Never rejects. */
  readonly ended: Promise<ExecEnd>;
};

export type EngineReply =
  /** `body` is JSON that passed the allow-list of fields of its path (engine-fields.ts). */
  | {
      readonly status: "answered";
      readonly http: number;
      readonly body: string;
      readonly at: string;
      readonly ms: number;
    }
  | { readonly status: "missing"; readonly why: GapReason };

/** The one way to a host: this machine, a recording, later SSH. All pass one contract suite. */
export type Transport = {
  readonly shell:
    | { readonly status: "posix"; readonly rights: Rights }
    | { readonly status: "none"; readonly why: GapReason };
  readonly exec: (lane: Lane, sink: ExecSink) => Exec;
  /** One GET; expected failures are replies. Throws on a path that is not listed: nothing is sent. */
  readonly engine: (path: EnginePath, signal?: AbortSignal) => Promise<EngineReply>;
  /** Engines of this host that answer and are not the one that `engine` asks; absent: there is one way only. */
  readonly otherEngines?: (signal?: AbortSignal) => Promise<readonly GapReason[]>;
};
