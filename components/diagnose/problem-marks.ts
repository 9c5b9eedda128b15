import { problems } from "@/lib/diagnosis/diagnose";
import type { Finding } from "@/lib/diagnosis/model";
import type { Mark, Marks } from "@/lib/graph/model";

/** Marks in the picture for all that a finding of medium or worse is about. */
export const problemMarks = (findings: readonly Finding[]): Marks =>
  new Map(
    problems(findings).flatMap(({ about }) =>
      about.map((key): [typeof key, Mark] => [key, "problem"]),
    ),
  );
