import { runtime } from "@/server/runtime";

/** Which runtime this route handler reaches, and which parts of the process reached the same one. */
export function GET(): Response {
  const { id, reachedFrom } = runtime();
  reachedFrom.add("route");
  return Response.json({ id, reachedFrom: [...reachedFrom].sort() });
}

export const dynamic = "force-dynamic";
