import { CircleAlert, Info, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import type { Severity } from "@/lib/diagnosis/model";

/** Told by shape as well as by colour. */
export const severityLooks: Readonly<
  Record<Severity, { readonly icon: LucideIcon; readonly tone: string }>
> = {
  critical: { icon: OctagonAlert, tone: "text-bad" },
  high: { icon: TriangleAlert, tone: "text-bad" },
  medium: { icon: CircleAlert, tone: "text-warn" },
  low: { icon: Info, tone: "text-muted" },
};
