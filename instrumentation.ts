import { runtime } from "@/server/runtime";

/** Called by Next once, when its server is ready. */
export function register(): void {
  runtime().reachedFrom.add("instrumentation");
}
